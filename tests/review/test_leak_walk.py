"""A canary in every private column, every address driven as every kind of reader: it never comes out where it may not."""

from __future__ import annotations

import base64
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.apps import apps
from django.core import mail
from django.db import connection, models, transaction

from cases.models import CasePerson, Redaction, RedactionEvent, User
from cases.projection import lenses as projection
from cases.redaction import Presence, Shown
from cases.redaction.facts import EMPTY_REGISTER
from prose.marked import content_to_json
from review import tasks
from review.actions import publishing
from review.actions.publishing import correct, withdraw_publication
from review.checks.run import Checked
from review.models import CheckDecision, Release
from tests.review.bringing_routes import bring_secrets
from tests.review.looking_back_routes import write_secrets
from tests.review.publishing_world import for_publication, published
from tests.review.routes import SAMPLES, Sample, names
from tests.review.saying_routes import say_secrets
from tests.review.structure_routes import retire_secrets
from tests.site_client import SiteClient, at_site
from tests.world import CANARY, HIDDEN_FIGURE, World, answer, comment_as, make_world, pixels_of

pytestmark = pytest.mark.django_db

READERS = (
    ("reading_room", None),
    ("reading_room", "Rhea"),
    ("reading_room", "Omar"),
    ("reading_room", "Vik"),
    ("reading_room", "Nadia"),
    ("workshop", None),
    ("workshop", "Noor"),
    ("workshop", "Aud"),
    ("workshop", "Sofia"),
    ("workshop", "Sten"),
    ("workshop", "Ada"),
)
CLEARED = {"Ada", "Sten"}
# Columns whose words are meant for readers, or which hold no words of people.
OPEN_COLUMNS = {
    "review_editionpart": "what readers are served",
    "review_edition": "what readers are served",
    "review_publication": "public",
    "review_correction": "public",
    "review_outsidethread": "written outside",
    "review_outsidecomment": "written outside",
    "review_reply": "written for outside",
    "cases_organisation": "its own people know it",
    "cases_caseaudience": "names of editions stand on them",
    "cases_case": "references are public",
    "cases_auditevent": "ids and verbs only, tested on its own",
    "cases_workshopsession": "session keys",
    "cases_readingroomsession": "session keys",
    "cases_workshopcache": "counters of sign-in attempts",
    "cases_readingroomcache": "counters of sign-in attempts",
    "role_permissions": "the table of who may",
    "django_content_type": "Django's own",
    "auth_permission": "Django's own",
    "auth_group": "Django's own, unused",
    "account_emailaddress": "addresses, tested with accounts",
    "account_emailconfirmation": "unused",
}
# In private tables: closed lists, references, keys, and words that editions show by design.
OPEN_FIELDS = {
    "ref", "reference", "key", "text_key", "kind", "state", "purpose", "ground", "extent", "cover", "target", "attribute", "rating",
    "context", "frequency", "complexity", "reversibility", "confidence", "grade", "role", "type", "direction", "strength", "page",
    "audience_key", "audience_name", "digest", "fingerprint", "note", "instead", "statement", "shell", "html", "segments",
    "decides", "grounds", "verb", "revealed_to", "cleared", "sees_marks_of", "side", "password", "failure", "name", "email",
    "fine", "changes", "cold_read_digest", "other_ref", "format",
}  # fmt: skip


WORDED = ("CharField", "TextField", "EmailField", "JSONField", "MarkedTextField")


def seeded_world() -> World:
    """The world with canaries also where no page of the test case would put them."""
    world = make_world()
    publish_two(world)
    thread = comment_as(world, "Rhea", "external_reviewer", "Rhea asks.")
    answer(world, thread)
    world.thread_id = thread
    bring_secrets(world, CANARY)
    say_secrets(world, CANARY)
    write_secrets(world, CANARY)
    retire_secrets(world, CANARY)
    CheckDecision.objects.create(
        case_id=world.case_id, fingerprint="0" * 64, reason=f"{CANARY} decision", by_id=world.users["Ada"].pk
    )
    Release.objects.filter(pk=world.release_id).update(findings=[])
    Release.objects.create(
        case_id=world.case_id,
        state="held",
        purpose="draft_for_review",
        requested_by_id=world.users["Ada"].pk,
        findings=[{"kind": "quote", "sentence": f"{CANARY} finding", "fingerprint": "1" * 64}],
    )
    RedactionEvent.objects.create(
        redaction=Redaction.objects.get(case_id=world.case_id, ref="R-WRDS"), verb="contested", why=f"{CANARY} history"
    )
    CasePerson.objects.update(name=f"{CANARY} person", role=f"{CANARY} role")
    User.objects.filter(name__in=["Jun", "Lex"]).update(
        name=f"{CANARY} name"
    )  # who did nothing that a trail would tell
    return world


def publish_two(world: World) -> None:
    """One publication that stands, with an edition before it to be compared with, and one that was taken back."""
    gone = published(world, "taken-back", checked_by="Taken back.")
    withdraw_publication(by=world.actor("Ada"), case_id=world.case_id, publication_id=gone)
    published(world, "first-report")
    key = published(world, "test-report", words={"Egress is capped": "Egress is measured"})
    correct(by=world.actor("Ada"), case_id=world.case_id, publication_id=key, notice="Table 2.", successor_id=None)
    for_publication(world, "external_reviewer", words={"Egress is capped": "Egress is measured"})


def private_columns() -> Iterator[tuple[type[models.Model], str]]:
    """Every column that can hold words and is not declared open."""
    for model in apps.get_models():
        if not model._meta.managed or model._meta.db_table in OPEN_COLUMNS:
            continue
        for column in model._meta.concrete_fields:
            if column.get_internal_type() in WORDED and column.name not in OPEN_FIELDS:
                yield model, column.name


def test_every_private_column_holds_a_canary():
    seeded_world()
    missing = []
    for model, name in private_columns():
        if model.__name__ in ("UserObjectPermission", "GroupObjectPermission"):
            continue  # guardian's generic tables, unused: see the test of privileges
        if (model.__name__, name) == ("Step", "why"):
            continue  # a closed list, unlike other columns of that name
        values = [
            content_to_json(v) if hasattr(v, "_source") else str(v) for v in model.objects.values_list(name, flat=True)
        ]
        if not any(CANARY in value for value in values):
            missing.append(f"{model.__name__}.{name}")
    assert missing == []


@pytest.mark.parametrize("site", ["workshop", "reading_room"])
def test_every_route_has_a_sample(site: str):
    assert set(names(site)) == set(SAMPLES[site])


def forms_of(secret: str) -> list[bytes]:
    """The secret as it could travel."""
    raw = secret.encode()
    coded = [base64.b64encode(b"x" * shift + raw)[4:-4] for shift in range(3)]
    return [raw, raw.lower(), raw.hex().encode(), raw.decode().encode("utf-16-le"), *coded]


def walk(world: World, site: str, name: str | None) -> Counter[str]:
    """Drive everything as one reader; raise AssertionError on a canary; count what was seen."""
    client = SiteClient(site, world.users[name] if name else None)
    seen: Counter[str] = Counter()
    secrets = [*forms_of(CANARY), pixels_of(HIDDEN_FIGURE)]
    samples = [sample for maker in SAMPLES[site].values() for sample in maker(world)]
    with at_site(site):
        for sample in samples:
            sid = transaction.savepoint()
            body = drive(client, sample, seen)
            leaked = any(form in body for form in secrets)
            seen["canaries"] += leaked
            assert not leaked or name in CLEARED, f"{name or 'nobody'} at {site}: {sample.method} {sample.path}"
            transaction.savepoint_rollback(sid)
    return seen


def drive(client: SiteClient, sample: Sample, seen: Counter[str]) -> bytes:
    """Status, headers, body and mails of one request, as bytes."""
    mail.outbox = []
    client.raise_request_exception = False
    response = getattr(client, sample.method)(sample.path, sample.data, **sample.more)
    body: bytes = response.content
    seen[f"status {response.status_code}"] += 1
    seen["bars"] += body.count(b'class="bar')
    seen["mails"] += len(mail.outbox)
    mails = b"".join(message.message().as_bytes() for message in mail.outbox)
    return repr((response.status_code, sorted(response.headers.items()))).encode() + body + mails


def test_nothing_private_reaches_a_reader_who_may_not_see_it():
    world = seeded_world()
    total: Counter[str] = Counter()
    for site, name in READERS:
        seen = walk(world, site, name)
        assert not [status for status in seen if status.startswith("status 5")], (name, seen)
        total += seen
    assert total["bars"] > 50
    assert total["canaries"] > 10, "the cleared must see what the others must not"
    assert total["status 200"] > 100
    assert total["mails"] > 0


def unredacted(monkeypatch: pytest.MonkeyPatch) -> None:
    real = projection.redact
    monkeypatch.setattr(projection, "redact", lambda text, audience: real(_unbound(text), audience))


def _unbound(text: Any) -> Any:
    text._register = type(EMPTY_REGISTER)({ref: _lifted(r) for ref, r in text._register.by_ref.items()})
    return text


def _lifted(redaction: Any) -> Any:
    from dataclasses import replace

    from cases.redaction.facts import RedactionState

    return replace(redaction, state=RedactionState.LIFTED)


def unmasked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(projection, "presence", lambda redactions, audience: Presence.OPEN)


def plain_attributes(monkeypatch: pytest.MonkeyPatch) -> None:
    def attribute(value: Any, redactions: Any, audience: Any) -> Any:
        return Shown(value, tuple(f"{CANARY} · law · {r.ref}" for r in redactions))

    monkeypatch.setattr(projection, "shown_attribute", attribute)


def reason_on_the_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    from cases.redaction import facts

    real = facts._item
    monkeypatch.setattr(facts, "_item", lambda r, a: {**real(r, a), "note": f"{CANARY} reason"})


@pytest.mark.parametrize("fault", [unredacted, unmasked, plain_attributes, reason_on_the_bar])
def test_walk_catches_a_seeded_leak(fault: Callable[[pytest.MonkeyPatch], None], monkeypatch: pytest.MonkeyPatch):
    fault(monkeypatch)
    monkeypatch.setattr(publishing, "hidden_since", lambda **_: ())  # and so is the look before publishing
    monkeypatch.setattr(tasks, "check_release", lambda material: Checked())  # the release check is another lock
    with pytest.raises(AssertionError, match="Rhea at reading_room"):
        walk(seeded_world(), "reading_room", "Rhea")


def test_reading_room_login_itself_reads_no_canary():
    """What SQL injection in the reading room would find: every relation that its login may read, whole."""
    from safetycase.logins import PRIVILEGES, Login
    from tests.site_client import as_login

    seeded_world()
    read = []
    with as_login("reading_room"), connection.cursor() as cursor:
        for relation, privileges in PRIVILEGES[Login.READING_ROOM].items():
            if "SELECT" in privileges and "." not in relation:
                cursor.execute(f"select t::text from {connection.ops.quote_name(relation)} t")
                rows = [row[0] for row in cursor.fetchall()]
                read.append(relation)
                assert not [row for row in rows if CANARY in row], relation
    assert len(read) > 6
