"""What approving or lifting a redaction will do, to whom, in a sentence or two."""

from __future__ import annotations

from collections.abc import Iterable

from review.loaders.redactions import Holding, RedactionView


def of_approving(view: RedactionView) -> str:
    """What stays so."""
    losing = [holding for holding in view.holdings if holding.loses]
    if not losing:
        return f"Nobody loses {view.covers}: every audience is cleared for {view.ground} or had it revealed."
    return f"Approving keeps {view.covers} from {_names(losing)}. {_readers(losing)}"


def of_lifting(view: RedactionView) -> str:
    """Who will read it, from when on, and what stays hidden all the same."""
    losing = [holding for holding in view.holdings if holding.loses]
    if not losing:
        return f"Every audience reads {view.covers} already. Lifting ends the redaction."
    rest = ""
    if view.also:
        rest = f" What {', '.join(view.also)} also covers stays hidden on its own ground."
    return (
        f"Lifting shows {view.covers} to {_names(losing)}, from their next release on; editions already released do not "
        f"change. {_readers(losing)}{rest}"
    )


def _names(holdings: Iterable[Holding]) -> str:
    names = [holding.name for holding in holdings]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _readers(holdings: list[Holding]) -> str:
    if published := [holding for holding in holdings if holding.published]:
        return f"An edition of {_names(published)} is published: everybody can read it, and it does not change."
    count = len(frozenset().union(*(holding.readers for holding in holdings)))
    people = {0: "Nobody reads", 1: "One person reads"}.get(count, f"{count} people read")
    return f"{people} {'that edition' if len(holdings) == 1 else 'those editions'} now."
