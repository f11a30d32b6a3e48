"""What is hidden and not settled: undecided redactions, decisions to look at again, hidden load, owners nobody outside may know."""

from __future__ import annotations

from collections.abc import Iterator

from cases.redaction import RedactionState
from review.checks.argument.standing import Standing, listed, names, plain
from review.checks.findings import Finding, FindingKind, fingerprint

UNDECIDED = (RedactionState.PROPOSED, RedactionState.CONTESTED)


def find_undecided(standing: Standing) -> Iterator[Finding]:
    """A redaction that hides from an audience of the release, and that nobody has decided."""
    for ref, redaction in standing.case.register.by_ref.items():
        places = list(standing.covered(ref))
        losing = standing.losing(ref)
        if redaction.state in UNDECIDED and losing and places:
            yield Finding(
                kind=FindingKind.UNDECIDED,
                sentence=f"{ref} is {redaction.state.value} and hides {listed(_places(places))} from {names(losing)}.",
                fingerprint=fingerprint(FindingKind.UNDECIDED, ref, redaction.state),
                redaction_ref=ref,
                page=_page(places),
            )


def find_decide_again(standing: Standing) -> Iterator[Finding]:
    """A decision to hide that was to be looked at again before the day of the release."""
    for ref, day in sorted(standing.facts.decide_again.items()):
        redaction = standing.case.register.by_ref.get(ref)
        if redaction is None or redaction.state is RedactionState.LIFTED or day >= standing.facts.day:
            continue
        if places := list(standing.covered(ref)):
            yield Finding(
                kind=FindingKind.DECIDE_AGAIN,
                sentence=f"{ref} was to be decided again by {day.day} {day:%B %Y} and still hides {listed(_places(places))}.",
                fingerprint=fingerprint(FindingKind.DECIDE_AGAIN, ref, day.isoformat()),
                redaction_ref=ref,
                page=_page(places),
            )


def find_unseen_load(standing: Standing) -> Iterator[Finding]:
    """Something hidden that bears load, as the person who redacted says, and that no outward audience of the case reads."""
    outward = [audience for audience in standing.case.audiences if audience.outward]
    for ref, redaction in standing.case.register.by_ref.items():
        unseen = outward and all(redaction.hides_from(audience) for audience in outward)
        places = list(standing.covered(ref)) if redaction.bears_load and unseen and standing.outward() else []
        if places:
            yield Finding(
                kind=FindingKind.UNSEEN_LOAD,
                sentence=f"What {ref} hides in {listed(_places(places))} bears load, and nobody outside has seen it.",
                fingerprint=fingerprint(FindingKind.UNSEEN_LOAD, ref, *sorted(one.key for one in outward)),
                redaction_ref=ref,
                page=_page(places),
            )


def find_unnamed(standing: Standing) -> Iterator[Finding]:
    """An assurance that outward readers see as a placeholder, since its owner is not named outside."""
    for assurance in standing.case.assurances:
        if standing.outward() and not (assurance.owner and assurance.owner.named_outside):
            yield Finding(
                kind=FindingKind.UNNAMED,
                sentence=f"{assurance.ref} is withheld from {names(standing.outward())}: its owner is not named outside.",
                fingerprint=fingerprint(FindingKind.UNNAMED, assurance.ref),
                page="assurances",
                ref=assurance.ref,
                place=plain(assurance.statement),
            )


def _places(places: list[tuple[str, str]]) -> list[str]:
    return list(dict.fromkeys(words for words, _ in places))


def _page(places: list[tuple[str, str]]) -> str:
    return next((page for _, page in places if page), "")
