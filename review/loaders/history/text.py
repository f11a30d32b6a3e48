"""The history of one text: its sittings, what differs between any two versions of it, and who wrote what stands there now.

The work is bounded by what a page shows, and by the steps between two checkpoints; not by how long the log is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404

from cases.access import Actor
from prose.models import Checkpoint, Step, Text, Why
from review.history.differences import Difference, differences
from review.history.sittings import Entry, Sitting, sittings
from review.loaders.history.opened import SOMEBODY, Contents, OpenCase, names_of, open_case, opened_at
from review.loaders.talk.suggested import suggested_by
from review.loaders.text_owners import TextName, owner_of_text

SITTINGS = 20  # on a page
BATCHES = 2_000  # of the log, looked at for one page


@dataclass(frozen=True, slots=True)
class Asked:
    """What of the history is wanted: from which version to which, and the sittings up to which."""

    start: int | None = None
    end: int | None = None
    until: int | None = None


@dataclass(frozen=True, slots=True)
class SittingRow:
    """A sitting as it is told; without `difference`, what it did is from before anything was kept."""

    sitting: Sitting
    who: tuple[str, ...]
    did: str
    difference: Difference | None
    is_now: bool

    @property
    def signed(self) -> str:
        """Its people as words: "Ada and Jun"."""
        return signed(self.who)


@dataclass(frozen=True, slots=True)
class Compared:
    """Two versions, and what differs. Without `difference` there is nothing yet to compare."""

    start: int
    end: int
    difference: Difference | None
    rows: tuple[SittingRow, ...]  # the sittings between them, as far as the page shows them


@dataclass(frozen=True, slots=True)
class TextHistory:
    """A page of the history of one text. `first`: the oldest version that is kept; `older`: from where the next page goes on."""

    case: OpenCase
    name: TextName | None
    text: Text
    first: int
    sittings: tuple[SittingRow, ...]
    older: int | None
    compared: Compared

    @property
    def shows_first(self) -> bool:
        """Whether the oldest version that is kept stands at the end of this page."""
        return bool(self.sittings) and self.sittings[-1].sitting.before <= self.first < self.sittings[0].sitting.last


def text_history(actor: Actor, case_id: UUID, key: str, asked: Asked, base: str) -> TextHistory:
    """Raises Http404 for who may not read the case live, a text of another case, a version that the text never had."""
    case = open_case(actor, case_id, base)
    text = text_in(case_id, key)
    first = first_kept(text)
    start, end = _versions(asked, first, text.version)
    entries = log_of(text, asked.until if asked.until is not None else text.version)
    grouped = sittings(entries)
    shown = grouped[-SITTINGS:]
    if asked.start is None and asked.end is None and shown:
        end = shown[-1].last
        start = min(max(shown[-1].before, first), end)
    borders = {place for one in shown for place in (one.before, one.last)} | {start, end}
    contents = opened_at([text], {text.pk: {place for place in borders if place >= first}}, case.clearance)
    rows = _rows(text, shown, contents)
    between = tuple(row for row in rows if start < row.sitting.last and row.sitting.before < end)
    was, now = contents.get((text.pk, start)), contents.get((text.pk, end))
    difference = differences(was, now) if was and now and start != end else None
    return TextHistory(
        case=case,
        name=owner_of_text(case_id, key),
        text=text,
        first=first,
        sittings=rows,
        older=shown[0].before if shown and shown[0].before > 0 else None,
        compared=Compared(start, end, difference, between),
    )


def text_in(case_id: UUID, key: str) -> Text:
    """Raises Http404 for the key of another case's text."""
    try:
        return Text.objects.get(scope_id=case_id, key=key)
    except Text.DoesNotExist as absent:
        raise Http404 from absent


def first_kept(text: Text) -> int:
    """The oldest version that can be made again; the newest one where nothing was kept yet."""
    kept = Checkpoint.objects.filter(text_id=text.pk).order_by("version").values_list("version", flat=True)
    return next(iter(kept[:1]), text.version)


def log_of(text: Text, until: int, batches: int = BATCHES) -> list[Entry]:
    """The log up to a version, oldest first, without steps; at most so many batches of it."""
    rows = Step.objects.filter(text_id=text.pk, version__lte=until).order_by("-version")
    found = rows.values_list("version", "by_id", "at", "why")[:batches]
    return [Entry(*row) for row in found][::-1]


def _versions(asked: Asked, first: int, last: int) -> tuple[int, int]:
    start = first if asked.start is None else asked.start
    end = last if asked.end is None else asked.end
    if not (first <= start <= last and first <= end <= last):
        raise Http404
    return min(start, end), max(start, end)


def _rows(text: Text, shown: list[Sitting], contents: Contents) -> tuple[SittingRow, ...]:
    """Newest first."""
    names = names_of(one for sitting in shown for one in sitting.by_ids)
    suggested = suggested_by(text.pk) if any(sitting.why == Why.SUGGESTED for sitting in shown) else {}
    rows = []
    for sitting in reversed(shown):
        was, now = contents.get((text.pk, sitting.before)), contents.get((text.pk, sitting.last))
        rows.append(
            SittingRow(
                sitting=sitting,
                who=tuple(names.get(one, SOMEBODY) for one in sitting.by_ids),
                did=_did(sitting, suggested),
                difference=differences(was, now) if was and now else None,
                is_now=sitting.last == text.version,
            )
        )
    return tuple(rows)


def _did(sitting: Sitting, suggested: Mapping[int, str]) -> str:
    """What was done; of words that were suggested also by whom."""
    versions = range(sitting.before + 1, sitting.last + 1)
    names = dict.fromkeys(suggested[version] for version in versions if version in suggested)
    return f"{Why(sitting.why).label}{f' by {signed(names)}' if names else ''}"


def signed(names: Iterable[str]) -> str:
    """Names as words."""
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last
