"""Samples of changing the structure, and something retired that holds a secret in every column of its history."""

from __future__ import annotations

from typing import Any

from evidence.actions.any_part import retire
from pathways.actions.making import create_claim
from pathways.models import PartEvent, Section
from pathways.values import ClaimKind
from tests.review.samples import ABSENT, Maker, Sample
from tests.world import World

REFS = ("C-AAAA", "C-MASK", "P-AAAA", "E-GNNE", "L-BBBB", "S-AAAA", "T-AAAA", "C-ZZZZ")
SPAN = {"version": 0, "from": 1, "to": 6, "kind": "usage", "page": "sections/S-AAAA"}


def retire_secrets(world: World, secret: str) -> None:
    """A claim that was retired, words, reason and all, and a change whose values are secret."""
    given: dict[str, Any] = {"by": world.actor("Ada"), "case_id": world.case_id}
    ref = create_claim(**given, kind=ClaimKind.CONTROL, statement=f"{secret} retired statement")
    retire(**given, ref=ref, version=0, written=0, why=f"{secret} reason to retire")
    said = {"before": f"{secret} before", "after": f"{secret} after", "why": f"{secret} why"}
    PartEvent.objects.create(
        case_id=world.case_id, ref="C-AAAA", by_id=world.users["Ada"].pk, verb="changed", attribute="owner", **said
    )


def _read(*below: str) -> Maker:
    return lambda world: [Sample(f"/cases/{case}/{path}") for case in (world.case_id, ABSENT) for path in below]


def _sent(*below: str, **form: Any) -> Maker:
    """Sent as a form and as the editor sends it."""

    def make(world: World) -> list[Sample]:
        return [
            Sample(f"/cases/{case}/{path}", "post", form, {"headers": {header: "1"}})
            for case in (world.case_id, ABSENT)
            for path in below
            for header in ("X-Probe", "X-Editor")
        ]

    return make


def _part(act: str, refs: tuple[str, ...] = REFS, **form: Any) -> Maker:
    paths = [f"parts/{ref}/{act}/" for ref in refs]
    return lambda world: [*_read(*paths)(world), *_sent(*paths, **form)(world)]


def _words(what: str, **form: Any) -> Maker:
    def make(world: World) -> list[Sample]:
        key = Section.objects.get(case_id=world.case_id, ref="S-AAAA").body.key
        return [one for text in (key, "t-2222222222222222") for one in _sent(what, **form, text=text)(world)]

    return make


STRUCTURE: dict[str, Maker] = {
    "new_part": lambda world: [
        *_read("new/claim/", "new/assurance/", "new/term/", "new/nothing/")(world),
        *_sent("new/claim/", "new/pathway/", "new/term/", "new/nothing/", name="Probe", kind="usage")(world),
    ],
    "change_case": lambda world: [*_read("change/")(world), *_sent("change/", version=9, kind="usage")(world)],
    "change_part": _part(
        "change", version=9, was="{}", kind="usage", state="draft", role="context", type="survey", resting="P-AAAA"
    ),
    "rest_on": _part("rest-on", claim="C-BBBB", role="context"),
    "add_evidence": _part("evidence", evidence="E-AAAA", direction="for", strength="weak"),
    "merge_part": _part("merge", version=0, written=9, into="C-BBBB", why="Probe"),
    "split_part": _part("split", version=9, argument=0, name="Probe", why="Probe"),
    "move_part": _part("move", steps=1),
    "retire_part": _part("retire", version=9, written=0, why="Probe"),
    "bring_back": _part("bring-back", why="Probe"),
    "order_all": _read("order/"),
    "order": _read("order/claims/", "order/groups/", "order/nothing/"),
    "retired": _read("retired/"),
    "words_claim": _words("words/claim/", **SPAN),
    "words_evidence": _words("words/evidence/", **{**SPAN, "kind": "incident"}),
    "pick": _read("pick/?q=&for=t-2222222222222222", "pick/?q=masked"),
    "cite": _words("cite/", ref="C-AAAA", role="context"),
}
