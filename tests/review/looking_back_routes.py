"""Samples of every address that looks back at what was written, and a secret in the log for the leak walk."""

from __future__ import annotations

from uuid import UUID

from pathways.models import Section
from tests.review.history_world import text_of, type_over
from tests.review.samples import ABSENT, Maker, Sample
from tests.world import World

NO_KEY = "t-zzzzzzzzzzzzzzzz"


def write_secrets(world: World, secret: str) -> None:
    """A word that stood in a text for a while, and is only in its log."""
    text = text_of(world, "Plain words.")
    type_over(world, "Ada", text, "", f"{secret}log ")
    type_over(world, "Ada", text, f"{secret}log ", "")


def _key(world: World) -> str:
    return str(Section.objects.get(case_id=world.case_id, ref="S-AAAA").body.key)


def _text(*below: str) -> Maker:
    """Below a text of the case, below none of it, below one of a case that is not there."""

    def make(world: World) -> list[Sample]:
        places: list[tuple[UUID, str]] = [(world.case_id, _key(world)), (world.case_id, NO_KEY), (ABSENT, _key(world))]
        return [Sample(f"/cases/{case}/texts/{key}/{page}") for case, key in places for page in below]

    return make


def _case(*below: str) -> Maker:
    return lambda world: [Sample(f"/cases/{case}/{page}") for case in (world.case_id, ABSENT) for page in below]


def _restore(world: World) -> list[Sample]:
    paths = [f"/cases/{world.case_id}/texts/{key}/restore/" for key in (_key(world), NO_KEY)]
    return [Sample(path, "post", {"version": 1, "seen": seen}) for path in paths for seen in (1, 2)]


def _replace(world: World) -> list[Sample]:
    form = {"find": "plain", "instead": "simple"}
    chosen = ([], [f"{_key(world)}:2:1"], [f"{_key(world)}:0:1"], [f"{NO_KEY}:0:1"])
    return [Sample(f"/cases/{world.case_id}/replace/", "post", {**form, "chosen": places}) for places in chosen]


LOOKING_BACK: dict[str, Maker] = {
    "text_history": _text("history/", "history/?from=0", "history/?from=1&to=2", "history/?from=9", "history/?until=1"),
    "text_authors": _text("authors/"),
    "restore_text": lambda world: [*_text("restore/?version=1", "restore/?version=x")(world), *_restore(world)],
    "page_history": _case("history/", "history/?page=sections/S-AAAA", "history/?page=nothing"),
    "case_changes": _case("changes/", "changes/?since=30d", "changes/?since=edition:public:1", "changes/?since=x"),
    "replace_words": lambda world: [*_case("replace/", "replace/?find=plain&instead=simple")(world), *_replace(world)],
}
