"""Twins over HTTP: two cases with one visible part give the reading room's visitors the same bytes, headers, cookies and SQL."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
import time_machine
from django.db import connection, connections, transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings

from cases.models import Grant
from review.actions import publishing
from review.actions.releases import drop_release, start_release
from review.states import Purpose
from tests.review.api_routes import api_samples
from tests.review.publishing_world import published
from tests.review.samples import ABSENT
from tests.review.twin_cases import (
    OMITTED,
    Hidden,
    Visible,
    build,
    hidden,
    visible,
)
from tests.site_client import SiteClient, at_site
from tests.world import World, answer, comment_as, grant_all, import_raw, people, release

pytestmark = pytest.mark.django_db
PAIRS = 25
# Cookies carry the time at which they end; grants are compared with the database's own clock, so it is the real time.
MOMENT = timezone.now()
READERS = ("Rhea", "Omar", "Vik", "Nadia", None)
STATEMENTS = {
    "all_staff": "",
    "external_reviewer": "Some passages are withheld under a legal duty.",
    "public": "Some passages are withheld under a legal duty, some for security.",
}
PAGES = [
    "register", "withheld", "report", "sections/S-AAAA", "pathways/P-AAAA", "claims/C-AAAA", "claims/C-BBBB", "claims/C-MASK",
    "evidence/E-AAAA", *(f"claims/{ref}" for ref in OMITTED),
]  # fmt: skip
# Made anew by chance in every run; renamed by first sight, and how many there were is compared too.
CHANCE = {
    "id": re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"),
    "csrf": re.compile(r'(?<=name="csrfmiddlewaretoken" value=")\w{64}'),
    "cookie": re.compile(r"(?<=_csrf=)\w{32}|(?<=_session=)\w{32}"),
}


class Normaliser:
    """The short list of normalisations, and nothing else."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}

    def __call__(self, text: str) -> str:
        """The text with what is made by chance renamed."""
        for kind, pattern in CHANCE.items():
            text = pattern.sub(lambda found, kind=kind: self._name(kind, found[0]), text)
        return text

    def _name(self, kind: str, value: str) -> str:
        return self._names.setdefault(value, f"<{kind} {len(self._names)}>")


class Observer:
    """Everything that a visitor of the reading room could notice."""

    def __init__(self) -> None:
        self.log: list[str] = []
        self._normalise = Normaliser()

    def request(
        self, client: SiteClient, method: str, path: str, data: dict[str, Any] | None = None, **more: Any
    ) -> None:
        """One request: status, headers, cookies, body, and every statement with the number of its rows."""
        statements: list[str] = []

        def watch(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
            result = execute(sql, params, many, context)
            if not sql.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK")):
                statements.append(f"{sql} -> {context['cursor'].rowcount}")
            return result

        with connection.execute_wrapper(watch):
            response = getattr(client, method)(path, data or {}, **more)
        parts = [
            f"{method} {path} {response.status_code}",
            str(sorted(response.headers.items())),
            response.cookies.output(),
            response.content.decode(errors="backslashreplace"),
            "\n".join(statements),
        ]
        self.log.extend(self._normalise(part) for part in parts)


@contextmanager
def own_connection() -> Iterator[None]:
    """A connection besides the test's own: thousands of savepoints in one transaction make PostgreSQL slow (measured)."""
    of_test = connections["default"]
    connections["default"] = of_test.copy()
    try:
        yield
    finally:
        connections["default"].close()
        connections["default"] = of_test


def observe(low: Visible, high: Hidden) -> list[str]:
    """Build the world, let everybody outside look and talk, revoke, look again; undo it all."""
    with own_connection(), time_machine.travel(MOMENT, tick=False), transaction.atomic():
        try:
            return _observe(low, high)
        finally:
            transaction.set_rollback(True)


def _observe(low: Visible, high: Hidden) -> list[str]:
    users = people()
    world = World(import_raw(build(low, high)), users)
    grant_all(world.case_id, users)
    _inside_life(world, high)
    release(world, STATEMENTS)
    for address in PUBLISHED:
        published(world, address, checked_by="")
    observer = Observer()
    clients = {name: SiteClient("reading_room", users[name] if name else None) for name in READERS}
    _look(observer, clients, world)
    thread = world.thread_id = comment_as(world, "Rhea", "external_reviewer", "Why?", words=low.before)
    answer(world, thread, body="Because.")
    _inside_life(world, high)
    _look(observer, clients, world)
    Grant.objects.filter(user__name="Rhea").delete()
    _look(observer, clients, world)
    return observer.log


def _inside_life(world: World, high: Hidden) -> None:
    """Acts that nobody outside may notice."""
    for _ in range(high.dropped):
        ada = world.actor("Ada")
        release_id = start_release(
            by=ada, case_id=world.case_id, purpose=Purpose.DRAFT_FOR_REVIEW, statements={"full": high.inward}
        )
        drop_release(by=ada, release_id=release_id)
    for _ in range(high.extra_grants):
        grant = Grant.objects.filter(case_id=world.case_id, user__name="Sten")[0]
        Grant.objects.create(
            user=grant.user, case_id=world.case_id, role="stress_tester", why=high.reason, expires_at=grant.expires_at
        )


PUBLISHED = ("first-report", "second-report")
OWN = {"Rhea": "external_reviewer", "Omar": "public"}


def _look(observer: Observer, clients: dict[str | None, SiteClient], world: World) -> None:
    """Everybody at every edition; on each page of the edition that is theirs."""
    with at_site("reading_room"):
        _look_as_each(observer, clients, world)


def _look_as_each(observer: Observer, clients: dict[str | None, SiteClient], world: World) -> None:
    for name, client in clients.items():
        observer.request(client, "get", "/")
        for edition in (*(world.editions[key] for key in ("external_reviewer", "public", "all_staff")), ABSENT):
            observer.request(client, "get", f"/editions/{edition}/")
            observer.request(client, "get", f"/editions/{edition}/claims/{OMITTED[0]}/")
        if name is None:
            _read_in_public(observer, client)
        if name in OWN:
            observer.request(client, "get", f"/editions/{world.editions[OWN[name]]}/changes/")
            _read(observer, client, f"/editions/{world.editions[OWN[name]]}/")
            _ask(observer, client, world, OWN[name])


def _ask(observer: Observer, client: SiteClient, world: World, audience: str) -> None:
    """Every operation of the API, about one edition."""
    about = replace(world, editions={audience: world.editions[audience]})
    for maker in api_samples("reading_room").values():
        for sample in (one for one in maker(about) if str(ABSENT) not in one.path):
            observer.request(client, sample.method, sample.path, sample.data, **sample.more)


def _read_in_public(observer: Observer, client: SiteClient) -> None:
    """Without an account: the list, every page of a publication, and what changed since the one before."""
    observer.request(client, "get", "/published/")
    for page in ("", *(f"{page}/" for page in PAGES), "changes/", "pictures/f-zzzzzzzzzzzzzzzz"):
        observer.request(client, "get", f"/published/{PUBLISHED[-1]}/{page}")
    for query in ("monitor", "weights", "C-MASK", "C-G222"):
        observer.request(client, "get", f"/published/{PUBLISHED[-1]}/find/?q={query}")


def _read(observer: Observer, client: SiteClient, address: str) -> None:
    for page in PAGES:
        observer.request(client, "get", f"{address}{page}/")
    for words in (
        "monitor",
        "vault",
        "kept",
        OMITTED[0],
        "C-MASK",
        "",
    ):  # readable, hidden, the model's own, left out, masked, none
        observer.request(client, "get", f"{address}find/?q={words}")
    data = {"page": "sections/S-AAAA", "text": "t-aaaaaaaaaaaaaaaa", "from": 1, "to": 2, "body": "x"}
    observer.request(client, "post", f"{address}comments/", data)
    observer.request(client, "head", address)
    observer.request(client, "options", address)


def assert_same(one: list[str], other: list[str]) -> None:
    """Equal, or the first difference with what stands around it."""
    for left, right in zip(one, other, strict=False):
        if left != right:
            at = next(
                (i for i, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), min(len(left), len(right))
            )
            raise AssertionError(
                f"differs at {at}: …{left[max(at - 80, 0) : at + 80]!r} / …{right[max(at - 80, 0) : at + 80]!r}"
            )
    assert len(one) == len(other)


def test_twins_are_the_same_to_everybody_outside_and_had_something_to_hide():
    seen: Counter[str] = Counter()

    @settings(max_examples=PAIRS, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
    @given(low=visible(), one=hidden(), other=hidden())
    def compare(low: Visible, one: Hidden, other: Hidden) -> None:
        logs = observe(low, one), observe(low, other)
        assert_same(*logs)
        seen["pairs"] += 1
        seen["bars"] += sum(part.count('class="bar') for part in logs[0])
        seen["different"] += one != other
        seen["omitted"] += bool(one.objects or other.objects)
        seen["pages"] += sum(" 200" in part[:200] for part in logs[0])

    compare()
    assert seen["pairs"] >= PAIRS
    assert seen["bars"] > PAIRS
    assert seen["different"] > PAIRS // 2
    assert seen["omitted"] > 3
    assert seen["pages"] > PAIRS


LOW = Visible("Title", "monitor", "after", "argument", "statement", "note", "for all but the public")
HIGH = Hidden(("[[{r} a]]",) * 3, (("x", "y", 0),), "strong", "draft", "low", "masked", "reason", 0, 0, "inward")
OTHER = Hidden(("[[{r} a b]]\n\n[[{r} c]]",) * 3, (), "weak", "supported", None, "masked two", "other", 1, 2, "inward")


def length_on_the_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    """A bar that tells how much it hides."""
    from cases.redaction import rebuild

    real = rebuild._Build.place_bar

    def place_bar(self: Any, run: Any, following: Any) -> None:
        real(self, run, following)
        for block in self.blocks:
            for piece in block.piece.children:
                if piece.node.type == "withheld":
                    piece.node.attrs["items"][0]["note"] = "x" * (run[-1].live[1] - run[0].live[0])

    monkeypatch.setattr(rebuild._Build, "place_bar", place_bar)


def count_of_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    """A count over the snapshot and not over what is shown."""
    from review import making

    real = making.shell_of
    total: list[int] = []

    def read(case_id: Any) -> Any:
        snapshot = real_read(case_id)
        total[:] = [len(snapshot.claims)]
        return snapshot

    from review import tasks

    real_read = tasks.read_case
    monkeypatch.setattr(tasks, "read_case", read)
    monkeypatch.setattr(making, "shell_of", lambda *parts: _with_total(real(*parts), total[0]))


def _with_total(shell: dict[str, Any], total: int) -> dict[str, Any]:
    return {**shell, "rail": f"{shell['rail']}<p>{total}</p>"}


def masked_keeps_its_state(monkeypatch: pytest.MonkeyPatch) -> None:
    """An attribute that is shown though it is hidden."""
    from cases.projection import lenses as projection
    from cases.redaction import Shown

    monkeypatch.setattr(projection, "shown_attribute", lambda value, redactions, audience: Shown(value))


def slow_path(monkeypatch: pytest.MonkeyPatch) -> None:
    """One more statement for every redaction that hides something: nothing shows but time."""
    from review.views import editions

    real = editions.edition_page

    def page(*args: Any) -> Any:
        found = real(*args)
        if "C-G222" in str(LATEST):
            with connection.cursor() as cursor:
                cursor.execute("select 1")
        return found

    monkeypatch.setattr(editions, "edition_page", page)


LATEST: list[Any] = []


@pytest.mark.parametrize("fault", [length_on_the_bar, count_of_everything, masked_keeps_its_state, slow_path])
def test_twins_catch_a_seeded_leak(fault: Callable[[pytest.MonkeyPatch], None], monkeypatch: pytest.MonkeyPatch):
    fault(monkeypatch)
    monkeypatch.setattr(publishing, "hidden_since", lambda **_: ())  # another lock
    LATEST[:] = [build(LOW, HIGH)]
    one = observe(LOW, HIGH)
    LATEST[:] = [build(LOW, OTHER)]
    with pytest.raises(AssertionError, match="differs"):
        assert_same(one, observe(LOW, OTHER))
