"""What an import made, by name, with the page that each stands on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from cases.access import Actor, full_clearance
from evidence.actions.kinds import KINDS
from prose.content import plain_text
from prose.shown import FullClearance, open_text
from review.loaders.bringing.placing import MAKES
from review.rendering import page_of


@dataclass(frozen=True, slots=True)
class MadeRow:
    """One new part."""

    ref: str
    name: str
    address: str


@dataclass(frozen=True, slots=True)
class MadeGroup:
    """New parts of one kind."""

    label: str
    rows: tuple[MadeRow, ...]


def made_rows(actor: Actor, case_id: UUID, refs: Iterable[str]) -> tuple[MadeGroup, ...]:
    """In the order of the report; what is gone meanwhile is not among them. One query a kind. Raises Http404."""
    clearance, _ = full_clearance(actor, case_id)
    wanted = list(refs)
    groups = []
    for letter, (one, several) in MAKES.items():
        rows = _rows(letter, case_id, [ref for ref in wanted if ref.startswith(letter)], clearance)
        if rows:
            groups.append(MadeGroup(several if len(rows) > 1 else one, rows))
    return tuple(groups)


def _rows(letter: str, case_id: UUID, refs: list[str], clearance: FullClearance) -> tuple[MadeRow, ...]:
    if not refs:
        return ()
    kind = KINDS[letter]
    line = next(iter((*kind.lines, *kind.bodies)))
    found = kind.model._default_manager.filter(case_id=case_id, ref__in=refs, retired=False).select_related(line)
    names = {row.ref: plain_text(open_text(getattr(row, line).bound_to(None), clearance).document) for row in found}
    return tuple(MadeRow(ref, names[ref], _address(ref)) for ref in refs if ref in names)


def _address(ref: str) -> str:
    """As seen from the case's own address."""
    page = page_of(ref)
    return f"{page}/" if "/" in page else f"{page}/#{ref}"
