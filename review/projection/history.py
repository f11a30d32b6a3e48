"""Earlier ratings beside a rating: one row for each earlier edition of the same audience, from what that edition showed. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from cases.projection import AudienceLens, from_json
from cases.redaction import Presence, Shown, Withheld
from prose.nodes import Json
from review.projection.derived import History
from review.projection.pages import FrontPage, PathwayPage, RatingRow


@dataclass(frozen=True, slots=True)
class EarlierPages:
    """An edition that its audience may still read: its front and its pathways. `number`: None where it would tell of drafts."""

    number: int | None
    on: date
    pages: Mapping[str, Json]


def history_of(earlier: Iterable[EarlierPages], lens: AudienceLens, reference: str) -> History:
    """Page → rows, oldest first; nothing for a rating, or for an object, that is hidden from the audience by now."""
    found: dict[str, list[RatingRow]] = {}
    for edition in earlier:
        for name, content in edition.pages.items():
            ref = name.partition("/")[2] or reference
            shown = lens.presence(ref) is Presence.OPEN and isinstance(lens.attribute(ref, "rating", None), Shown)
            if shown and (row := _row(edition, content)):
                found.setdefault(name, []).append(row)
    return {name: tuple(rows) for name, rows in found.items()}


def _row(edition: EarlierPages, content: Json) -> RatingRow | None:
    page = from_json(content)
    part = page.header if isinstance(page, FrontPage) else page.pathway if isinstance(page, PathwayPage) else None
    if (rating := getattr(part, "rating", None)) is None:  # masked then
        return None
    number = Shown(edition.number) if edition.number is not None else None
    # Who else lost it then is not said, nor what was said of it then: that may have been taken back.
    then = Shown(rating.value) if isinstance(rating, Shown) else Withheld(tuple(map(_unsaid, rating.items)))
    return RatingRow(number=number, on=Shown(edition.on), rating=then)


def _unsaid(item: Mapping[str, Json]) -> dict[str, Json]:
    return {**item, "note": "", "instead": ""}
