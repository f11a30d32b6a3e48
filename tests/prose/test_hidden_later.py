"""Reading the log of a text for what was hidden in it: which words survived, and which versions to look at."""

from __future__ import annotations

import pytest

from prose.anchors import Span
from prose.hidden_later import Entry, hidden_later, shown_later, telling_versions
from prose.mapping import Raw, step_maps
from prose.models import Why
from prose.surviving import Kept, surviving

REDACTION = {"type": "redaction", "attrs": {"ref": "R-AAAA"}}


def replace(start: int, end: int, words: str = "", *, hidden: bool = False) -> Raw:
    marks = {"marks": [REDACTION]} if hidden else {}
    content = {"slice": {"content": [{"type": "text", "text": words, **marks}]}} if words else {}
    return {"stepType": "replace", "from": start, "to": end, **content}


def mark(kind: str, start: int, end: int) -> Raw:
    return {"stepType": kind, "from": start, "to": end, "mark": REDACTION}


def log(*steps: Raw, **why: Why) -> list[Entry]:
    """A batch a step; `v2=Why.MARKED`: what the second was."""
    rows = ((number, why.get(f"v{number}", Why.WRITTEN), [step]) for number, step in enumerate(steps, start=1))
    return [Entry(version, reason, steps, step_maps(steps)) for version, reason, steps in rows]


@pytest.mark.parametrize(
    ("steps", "left"),
    [
        ([], [Kept(5, 5, 10)]),
        ([replace(1, 1, "ab")], [Kept(5, 7, 10)]),
        ([replace(20, 25)], [Kept(5, 5, 10)]),
        ([replace(5, 5, "ab"), replace(17, 17, "ab")], [Kept(5, 7, 10)]),
        ([replace(8, 8, "ab")], [Kept(5, 5, 3), Kept(8, 10, 7)]),
        ([replace(8, 10, "ab")], [Kept(5, 5, 3), Kept(10, 10, 5)]),
        ([replace(1, 8)], [Kept(8, 1, 7)]),
        ([replace(1, 30, "the same words")], []),
    ],
)
def test_words_survive_what_does_not_take_them_out(steps, left):
    maps = step_maps(steps)
    assert surviving(Span(5, 15), maps) == left
    back = [one.invert() for one in reversed(maps)]
    for start, now, size in left:
        assert surviving(Span(now, now + size), back) == [Kept(now, start, size)], "and back"


def test_what_was_hidden_and_shown_later_is_told_in_places_of_the_older_version():
    found = log(replace(1, 1, "ab"), mark("addMark", 5, 9), mark("removeMark", 5, 7), v2=Why.MARKED, v3=Why.UNMARKED)
    assert hidden_later(found) == [(Span(3, 7), "R-AAAA")]
    assert [(one.version, one.ref, one.kept) for one in shown_later(found)] == [(3, "R-AAAA", Kept(5, 3, 2))]


def test_words_that_came_since_were_not_shown_again_of_the_older_version():
    found = log(replace(1, 5, "abcd"), mark("addMark", 1, 5), mark("removeMark", 1, 5), v2=Why.MARKED, v3=Why.UNMARKED)
    assert shown_later(found) == []


@pytest.mark.parametrize(
    ("entries", "versions"),
    [
        (log(replace(1, 1, "open")), []),
        (log(mark("addMark", 1, 5), mark("addMark", 7, 9), v1=Why.MARKED, v2=Why.MARKED), [1, 2]),
        (log(*(replace(at, at, "x", hidden=True) for at in range(12, 18))), [6]),
        (log(replace(1, 2), *(replace(at, at + 1) for at in (18, 17, 16, 15))), [1]),
        (log(replace(12, 12, "x", hidden=True), replace(10, 21), replace(1, 1, "open")), [1]),
        (log(mark("addMark", 30, 34), replace(1, 1, "open"), replace(34, 38), v1=Why.MARKED), [1, 2]),
    ],
    ids=["nothing hidden", "commands", "typing", "deleting letter by letter", "typed and deleted", "carried by steps"],
)
def test_versions_to_look_at_are_those_before_hidden_words_went_and_after_they_came(entries, versions):
    assert telling_versions(entries, [Span(10, 20)]) == versions
