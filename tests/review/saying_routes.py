"""Samples of what is said inside, and threads that hold a secret in every column of words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pathways.models import Section
from prose.anchors import Span
from review.actions.talk import move, say_imported
from review.models import InsideThread
from review.talk.states import ThreadVerb
from review.views.talk import ACTS
from tests.review.samples import ABSENT, Maker, Sample
from tests.review.saying import select, speak, text_of
from tests.world import World


def say_secrets(world: World, secret: str) -> None:
    """One of each kind, about hidden words and objects, with an answer, a reason and an imported comment."""
    text = text_of(world, Section, "body", "S-AAAA")
    hidden = select(text, f"{secret}one hidden")
    speak(world, "Sten", hidden, body=f"{secret} comment for @Ada")
    speak(world, "Sten", hidden, "suggestion", body=f"{secret} why", wording=f"{secret} proposed")
    speak(world, "Sten", "C-AAAA", "question", body=f"{secret} question", to_id=world.users["Ada"].pk)
    doubt = speak(world, "Sten", "C-BBBB", "doubt", body=f"{secret} doubt")
    given = {"by": world.actor("Ada"), "case_id": world.case_id}
    move(**given, thread_id=doubt, verb=ThreadVerb.SUSTAINED, why=f"{secret} sustained")
    say_imported(**given, key=text.key, span=Span(1, 6), author=f"{secret} author", body=f"{secret} imported")


def _case(below: Callable[[World], list[str]], *forms: dict[str, Any]) -> Maker:
    """Read, or sent with each of these forms, in the case and in one that is not there."""

    def make(world: World) -> list[Sample]:
        paths = [f"/cases/{case}/{path}" for case in (world.case_id, ABSENT) for path in below(world)]
        if not forms:
            return [Sample(path) for path in paths]
        return [
            Sample(path, "post", form, {"headers": {header: value}})
            for path in paths
            for form in forms
            for header, value in (("X-Probe", "1"), ("X-Editor", "1"), ("HX-Request", "true"))
        ]

    return make


def _threads(world: World) -> list[str]:
    rows = InsideThread.objects.filter(case_id=world.case_id).order_by("at").values_list("pk", flat=True)
    return [f"said/{thread}/" for thread in [*rows[:5], ABSENT]]


def _acts(world: World) -> list[str]:
    rows = list(InsideThread.objects.filter(case_id=world.case_id).order_by("at").values_list("pk", flat=True))
    return [f"said/{thread}/{act}/" for thread in [*rows[1:2], ABSENT] for act in (*ACTS, "no-such-act")]


def _say(world: World) -> list[Sample]:
    key = text_of(world, Section, "body", "S-AAAA").key
    span = {"text": key, "version": 0, "from": 1, "to": 6, "page": "sections/S-AAAA"}
    forms: tuple[dict[str, Any], ...] = (
        {},
        {**span, "kind": "comment", "body": "Probe"},
        {**span, "kind": "suggestion", "wording": "Probe"},
        {"about": "C-AAAA", "kind": "question", "body": "Probe"},
    )
    read = _case(lambda _: ["say/", "say/?about=C-AAAA", "say/?about=E-GNNE", "say/?about=C-ZZZZ"])
    return [*read(world), *_case(lambda _: ["say/"], *forms)(world)]


SAYING: dict[str, Maker] = {
    "threads": _case(lambda _: ["comments/", "comments/?state=&kind=doubt", "comments/?mine=mentions&about=C-AAAA"]),
    "say": _say,
    "said": _case(_threads),
    "talk_act": _case(_acts, {}, {"body": "Probe", "why": "w", "chosen": ["0"], "page": "sections/S-AAAA"}),
}
