"""What can be done to the structure of a case: the words of its history. No rows."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class PartVerb(StrEnum):
    """What somebody did to a part of the report; the value stands in its history and, after `part_`, in the trail."""

    CREATED = "created"
    CHANGED = "changed"
    RATED = "rated"
    MOVED = "moved"
    RETIRED = "retired"
    BROUGHT_BACK = "brought_back"
    MERGED = "merged"
    TOOK_IN = "took_in"
    SPLIT = "split"
    SPLIT_OFF = "split_off"
    REPOINTED = "repointed"

    @property
    def label(self) -> str:
        """As words in a sentence that begins with a name: "Jun made it"."""
        return LABELS[self]


LABELS: Mapping[PartVerb, str] = {
    PartVerb.CREATED: "made it",
    PartVerb.CHANGED: "changed it",
    PartVerb.RATED: "changed the rating",
    PartVerb.MOVED: "moved it",
    PartVerb.RETIRED: "retired it",
    PartVerb.BROUGHT_BACK: "brought it back",
    PartVerb.MERGED: "merged it into another",
    PartVerb.TOOK_IN: "merged another into it",
    PartVerb.SPLIT: "split something off it",
    PartVerb.SPLIT_OFF: "split it off another",
    PartVerb.REPOINTED: "made it link something else",
}
