"""Every address of both sites with a sample that drives it. A route without a sample fails the build."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

from django.urls import URLPattern, URLResolver

from cases.models import Grant
from review.models import Edition, OutsideThread, PreparedEdition, Publication
from review.views.deciding import ACTS
from tests.review.api_routes import api_samples
from tests.review.bringing_routes import BRINGING
from tests.review.looking_back_routes import LOOKING_BACK
from tests.review.samples import ABSENT, Maker, Sample
from tests.review.saying_routes import SAYING
from tests.review.structure_routes import STRUCTURE
from tests.review.texts_routes import TEXTS
from tests.world import FIGURES, World


def names(site: str) -> Iterator[str]:
    """The names of all routes of a site, from the resolver itself."""
    return _names(import_module(f"safetycase.urls.{site}").urlpatterns)


def _names(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _names(pattern.url_patterns)
        else:
            yield pattern.name or str(pattern.pattern)


PAGES = (
    "sections/S-AAAA",
    "pathways/P-AAAA",
    "pathways/P-BBBB",
    "claims/C-AAAA",
    "claims/C-BBBB",
    "claims/C-MASK",
    "evidence/E-AAAA",
    "evidence/E-GNNE",
    "claims/C-ZZZZ",
)


def get(*paths: str) -> Maker:
    """Samples that need nothing of the world."""
    return lambda world: [Sample(path) for path in paths]


def _case(below: str) -> Maker:
    return lambda world: [Sample(f"/cases/{world.case_id}/{below}"), Sample(f"/cases/{ABSENT}/{below}")]


def _pages(prefix: str) -> Maker:
    return lambda world: [Sample(f"/cases/{world.case_id}/{prefix}{page}/") for page in PAGES]


def _post(below: Callable[[World], str], **data: Any) -> Maker:
    return lambda world: [Sample(f"/cases/{world.case_id}/{below(world)}", "post", data)]


def _thread(world: World) -> OutsideThread:
    return OutsideThread.objects.order_by("at")[0]


def _release(below: str, **data: Any) -> Maker:
    return _post(lambda world: f"releases/{world.release_id}/{below}/", **data)


def _editions(world: World) -> list[Sample]:
    ids = [*world.editions.values(), ABSENT]
    return [Sample(f"/editions/{edition}/") for edition in ids]


def _edition_pages(world: World) -> list[Sample]:
    ids = [*world.editions.values(), ABSENT]
    return [Sample(f"/editions/{edition}/{page}/") for edition in ids for page in (*PAGES, "register")]


FILES = (*FIGURES, "f-zzzzzzzzzzzzzzzz")


def _pictures(prefix: str) -> Maker:
    return lambda world: [Sample(f"/cases/{world.case_id}/{prefix}pictures/{key}") for key in FILES]


def _edition_pictures(world: World) -> list[Sample]:
    ids = [*world.editions.values(), ABSENT]
    return [Sample(f"/editions/{edition}/pictures/{key}") for edition in ids for key in FILES]


WORDS = ("plain+words", "withheld", "C-AAAA", "E-GNNE", "")


def _find_in_editions(world: World) -> list[Sample]:
    ids = [*world.editions.values(), ABSENT]
    return [Sample(f"/editions/{edition}/find/?q={words}") for edition in ids for words in WORDS]


def _prepared(page: str = "") -> Maker:
    def make(world: World) -> list[Sample]:
        rows = PreparedEdition.objects.filter(release_id=world.release_id).values_list("audience_key", flat=True)
        return [Sample(f"/cases/{world.case_id}/releases/{world.release_id}/as/{key}/{page}") for key in rows]

    return make


def _changes(world: World) -> list[Sample]:
    below = f"/cases/{world.case_id}/releases/{world.release_id}/changes"
    return [Sample(f"{below}/{key}/") for key in ("public", "full", "nobody")]


def _amend(world: World) -> list[Sample]:
    paths = [f"/cases/{world.case_id}/editions/{edition}/amend/" for edition in (*world.editions.values(), ABSENT)]
    return [*map(Sample, paths), *(Sample(path, "post", {"pages": ["sections/S-AAAA"]}) for path in paths)]


def _grant(below: str, **data: Any) -> Maker:
    """On the grant of somebody who is not driven, so that the walk does not shut its own doors."""

    def make(world: World) -> list[Sample]:
        grant = Grant.objects.filter(user=world.users["Jun"])[0]
        return [Sample(f"/cases/{world.case_id}/people/{grant.id}/{below}/", "post", data)]

    return make


ACCOUNTS: dict[str, Maker] = {
    "healthz": get("/healthz"),
    "account_login": lambda world: [
        Sample("/accounts/login/"),
        Sample("/accounts/login/", "post", {"login": "ada@inside.example", "password": "wrong"}),
        Sample("/accounts/login/", "post", {"login": "nobody@inside.example", "password": "wrong"}),
    ],
    "account_logout": get("/accounts/logout/"),
    "account_change_password": get("/accounts/password/change/"),
    "account_reset_password": lambda world: [
        Sample("/accounts/password/reset/"),
        Sample("/accounts/password/reset/", "post", {"email": "rhea@outside.example"}),
        Sample("/accounts/password/reset/", "post", {"email": "nobody@outside.example"}),
    ],
    "account_reset_password_done": get("/accounts/password/reset/done/"),
    "account_reset_password_from_key": get("/accounts/password/reset/key/abc-def/"),
    "account_reset_password_from_key_done": get("/accounts/password/reset/key/done/"),
    "account_signup": get("/accounts/signup/"),
    "account_inactive": get("/accounts/inactive/"),
    "account_set_password": get("/accounts/password/set/"),
    "account_reauthenticate": get("/accounts/reauthenticate/"),
}

PUBLISHED = ("/published/test-report/", "/published/taken-back/", "/published/nothing/")


def _published(below: str) -> Maker:
    """Below a publication, below a withdrawn one, below none."""
    return get(*(f"{address}{below}" for address in PUBLISHED))


def _changes(world: World) -> list[Sample]:
    ids = [*Edition.objects.order_by("audience_key", "number").values_list("pk", flat=True), ABSENT]
    return [Sample(f"/editions/{edition}/changes/{since}") for edition in ids for since in ("", "?since=1", "?since=x")]


def _publication(below: str, **data: Any) -> Maker:
    def make(world: World) -> list[Sample]:
        rows = Publication.objects.order_by("address").values_list("pk", flat=True)
        return [Sample(f"/cases/{world.case_id}/publications/{key}/{below}/", "post", data) for key in (*rows, ABSENT)]

    return make


def _publish(world: World) -> list[Sample]:
    ids = [*world.editions.values(), ABSENT]
    form = {"address": "probe", "checked_by": "Probe"}
    return [
        Sample(f"/cases/{world.case_id}/publications/publish/", "post", {**form, "edition": str(edition)})
        for edition in ids
    ]


READING_ROOM: dict[str, Maker] = {
    **ACCOUNTS,
    "published_list": get("/published/"),
    "published": _published(""),
    "published_page": lambda world: [one for page in (*PAGES, "register") for one in _published(f"{page}/")(world)],
    "published_changes": _published("changes/"),
    "published_find": lambda world: [one for q in ("words", "C-MASK", "") for one in _published(f"find/?q={q}")(world)],
    "published_figure": lambda world: [one for key in FILES for one in _published(f"pictures/{key}")(world)],
    "edition_changes": _changes,
    "home": get("/"),
    "edition": _editions,
    "edition_page": _edition_pages,
    "find_in_edition": _find_in_editions,
    "edition_figure": _edition_pictures,
    "say": lambda world: [
        Sample(
            f"/editions/{edition}/comments/",
            "post",
            {"page": "sections/S-AAAA", "text": "t-aaaaaaaaaaaaaaaa", "from": 1, "to": 3, "body": "Probe"},
        )
        for edition in [*world.editions.values(), ABSENT]
    ],
    "go_on": lambda world: [
        Sample(f"/comments/{thread}/", "post", {"body": "Probe"}) for thread in (_thread(world).id, ABSENT)
    ],
}

SPAN = {"text": "t-aaaaaaaaaaaaaaaa", "version": 0, "from": 0, "to": 2, "page": "front"}
WORKSHOP: dict[str, Maker] = {
    **ACCOUNTS,
    "publications": _case("publications/"),
    "publish": _publish,
    "correct": _publication("correct", notice="Probe"),
    "withdraw_publication": _publication("withdraw"),
    "edition_changes": _changes,
    "home": get("/"),
    "live": _case(""),
    "live_list": _case("register/"),
    "live_page": _pages(""),
    "preview": lambda world: _case("as/public/")(world) + _case("as/nobody/")(world),
    "preview_list": _case("as/external_reviewer/withheld/"),
    "preview_page": _pages("as/public/"),
    "live_figure": _pictures(""),
    "add_picture": _post(lambda world: "pictures/"),
    "marks": _case("marks/"),
    "preview_figure": lambda world: _pictures("as/public/")(world) + _pictures("as/nobody/")(world),
    "find": _case("find/?q=plain+words"),
    "compare": lambda world: _case("compare/")(world) + _case("compare/?a=public&b=full&page=pathways/P-AAAA")(world),
    "preview_differences": lambda world: (
        _case("as/public/differences/")(world) + _case("as/nobody/differences/")(world)
    ),
    "redact": _post(lambda world: "redact/", **SPAN, ground="security", note="n", reason="r", extent="name"),
    "redactions": lambda world: _case("redactions/")(world) + _case("redactions/?waiting=me&ground=security")(world),
    "redaction": lambda world: [
        Sample(f"/cases/{world.case_id}/redactions/{ref}/")
        for ref in ("R-WRDS", "R-ATTR", "R-LNKS", "R-GGNE", "R-ZZZZ")
    ],
    "decide": lambda world: [
        Sample(f"/cases/{world.case_id}/redactions/{ref}/{act}/", "post", data)
        for ref in ("R-WRDS", "R-MASK", "R-ZZZZ")
        for act in (*ACTS, "no-such-act")
        for data in ({}, {"why": "w", "seen": 0, "audience": "public", **SPAN})
    ],
    "hide": lambda world: [
        Sample(f"/cases/{world.case_id}/hide/"),
        *(Sample(f"/cases/{world.case_id}/hide/?ref={ref}") for ref in ("C-AAAA", "E-GNNE", "L-BBBB", "C-ZZZZ")),
        Sample(f"/cases/{world.case_id}/hide/?ref=C-AAAA", "post", {"what": "object:C-AAAA"}),
    ],
    "events": _case(f"events/?tab={ABSENT}"),
    "here": lambda world: [
        Sample(f"/cases/{case}/here/", "post", {"tab": ABSENT, "page": "front", "text": text})
        for case in (world.case_id, ABSENT)
        for text in ("", "t-aaaaaaaaaaaaaaaa", "t-2222222222222222")
    ],
    **BRINGING,
    **SAYING,
    **TEXTS,
    **STRUCTURE,
    "reply": _post(lambda world: f"comments/{_thread(world).id}/reply/", body="An answer.", page="front"),
    **LOOKING_BACK,
    "people": _case("people/"),
    "give_access": _post(
        lambda world: "people/give/", address="x@y.example", role="author", until="2026-12-31", why="w", audience=""
    ),
    "extend_access": _grant("extend", until="2026-12-31"),
    "revoke_access": _grant("revoke"),
    "trail": _case("trail/"),
    "releases": _case("releases/"),
    "release_for_whom": _case("releases/new/"),
    "start_release": _post(lambda world: "releases/start/", purpose="draft_for_review", audiences=["all_staff"]),
    "release": lambda world: [Sample(f"/cases/{world.case_id}/releases/{one}/") for one in (world.release_id, ABSENT)],
    "prepared": _prepared(),
    "prepared_figure": lambda world: [one for key in FILES for one in _prepared(f"pictures/{key}")(world)],
    "prepared_page": _prepared("pathways/P-AAAA/"),
    "prepared_changes": _changes,
    "sign_cold_read": _release("sign/public", digest="0" * 64),
    "approve_release": _release("approve"),
    "drop_release": _release("drop"),
    "release_again": _release("again"),
    "settle_check": _release("settle", fingerprint="f" * 64, reason="why"),
    "redact_there": _release("redact", fingerprint="f" * 64),
    "amend": _amend,
    "withdraw": _post(lambda world: f"editions/{ABSENT}/withdraw/"),
    "edition": _editions,
    "edition_page": _edition_pages,
    "find_in_edition": _find_in_editions,
    "edition_figure": _edition_pictures,
}
SAMPLES = {
    "workshop": WORKSHOP | api_samples("workshop"),
    "reading_room": READING_ROOM | api_samples("reading_room"),
}
