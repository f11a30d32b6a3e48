"""What would miss a part: what rests on it, the pathways under which it bears load, and where it is cited."""

from __future__ import annotations

from dataclasses import dataclass

from prose.content import citations
from prose.shown import open_text
from review.checks.load import Load
from review.loaders.redaction_places import page_label
from review.loaders.structure.desk import Desk, LinkRow
from review.loaders.text_owners import names_of_texts
from review.snapshot import texts_by_page


@dataclass(frozen=True, slots=True)
class Citing:
    """A text that cites it, what it is called, on which page it stands, how often."""

    label: str
    page: str
    times: int


@dataclass(frozen=True, slots=True)
class Uses:
    """All that would miss it."""

    over: tuple[LinkRow, ...]
    load: tuple[str, ...]
    cited: tuple[Citing, ...]

    @property
    def is_missed(self) -> bool:
        """Whether anything would."""
        return bool(self.over or self.load or self.cited)


def uses_of(desk: Desk, ref: str) -> Uses:
    """For a page that retires or merges it. Two statements beside those of the desk."""
    load = Load(desk.case)
    under = load.under(ref) if ref.startswith("C") else load.under_evidence(ref) if ref.startswith("E") else ()
    return Uses(over=desk.links(ref).over, load=under, cited=cited_in(desk, ref))


def cited_in(desk: Desk, ref: str) -> tuple[Citing, ...]:
    """The texts that cite it, in reading order; its own left out."""
    names = names_of_texts(desk.case_id)
    found = []
    for page, text in texts_by_page(desk.case):
        owner = names.get(text.key)
        if owner is not None and owner.ref == ref:
            continue
        times = sum(cited == ref for cited in citations(open_text(text, desk.clearance).document))
        if times:
            found.append(Citing(owner.label if owner else page_label(page), page, times))
    return tuple(found)
