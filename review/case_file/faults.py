"""The one error of this folder: what is wrong with a case file, and where."""

from __future__ import annotations

from prose.nodes import Json

LONGEST = 50


class BadCaseFile(ValueError):
    """A case file that can't be taken in. The message is one sentence: the place, where it can be told, and the fault."""

    def __init__(self, fault: str, place: str = "") -> None:
        sentence = " ".join(f"{place}: {fault}".split() if place else fault.split())
        super().__init__(sentence)
        self.fault, self.place = fault, place


def quoted(value: Json) -> str:
    """A value of the file, short and in ASCII, to stand in a message."""
    found = ascii(value)
    return found if len(found) <= LONGEST else f"{found[:LONGEST]}…"
