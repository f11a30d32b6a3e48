"""One text that goes outward, looked at as a release is."""

from __future__ import annotations

from cases.redaction import Audience
from review.checks.catalogue import Catalogue
from review.checks.editions import find_cited
from review.checks.findings import Finding
from review.checks.hidden import hidden_runs
from review.checks.look import Look
from review.checks.material import EditionMaterial
from review.checks.quotes import find_quotes, find_terms
from review.checks.reading import EditionWords, Passage
from review.checks.strands import Piece, Strand
from review.snapshot import CaseSnapshot


def quotes_in(
    snapshot: CaseSnapshot, audience: Audience, words: str, registered_terms: tuple[str, ...] = ()
) -> tuple[Finding, ...]:
    """What in these words would stop an edition for this audience: quotes, hidden terms, references to what is left out."""
    catalogue = Catalogue(snapshot)
    edition = EditionMaterial(audience, {})
    passages = [Passage(Strand(pieces=[Piece(words, 0)]), "these words")] if words else []
    look = Look(catalogue, edition, EditionWords(edition, passages), tuple(hidden_runs(catalogue, audience)))
    return (*find_quotes(look), *find_terms(look, registered_terms), *find_cited(look))
