"""Samples of the editor's door: every text that holds something hidden, one that does not, one of no case."""

from __future__ import annotations

import uuid

from pathways.models import Pathway, Section
from tests.review.samples import ABSENT, Maker, Sample
from tests.world import World

STEP = {"stepType": "replace", "from": 1, "to": 1, "slice": {"content": [{"type": "text", "text": "Probe"}]}}


def _keys(world: World) -> list[str]:
    section = Section.objects.select_related("title", "body").get(case_id=world.case_id, ref="S-AAAA")
    pathway = Pathway.objects.select_related("argument").get(case_id=world.case_id, ref="P-AAAA")
    return [section.body.key, section.title.key, pathway.argument.key, "t-zzzzzzzzzzzzzzzz"]


def _of_texts(*below: str) -> Maker:
    return lambda world: [
        Sample(f"/cases/{case}/texts/{key}/{path}")
        for case in (world.case_id, ABSENT)
        for key in _keys(world)
        for path in below
    ]


def _steps(world: World) -> list[Sample]:
    more = {"content_type": "application/json"}
    bodies = [{"version": version, "operation": str(uuid.UUID(int=version)), "steps": [STEP]} for version in (0, 1, 7)]
    bodies.append({"version": 0, "operation": "", "steps": "evil"})
    sent = [
        Sample(f"/cases/{case}/texts/{key}/steps/", "post", body, more)
        for case in (world.case_id, ABSENT)
        for key in _keys(world)
        for body in bodies
    ]
    return [*_of_texts("steps/", "steps/?since=1", "steps/?since=x")(world), *sent]


TEXTS: dict[str, Maker] = {
    "text": _of_texts(""),
    "steps": _steps,
    "text_html": _of_texts("html/", "html/?page=report", "html/?page=evil"),
}
