"""What is weak in the argument of a release: shown before every one, and holding publication only. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from review.checks.argument.doubting import find_doubted
from review.checks.argument.hiding import find_decide_again, find_undecided, find_unnamed, find_unseen_load
from review.checks.argument.mentioning import find_linked_only, find_mentioned_only
from review.checks.argument.resting import find_bare, find_shaky, find_unowned, find_weak_evidence
from review.checks.argument.standing import Standing
from review.checks.argument.stating import find_not_rated, find_not_ready
from review.checks.findings import Finding

__all__ = ["Standing", "find_weak"]


def find_weak(standing: Standing) -> Iterator[Finding]:
    """Every weakness, hidden things first."""
    yield from find_undecided(standing)
    yield from find_decide_again(standing)
    yield from find_unseen_load(standing)
    yield from find_unnamed(standing)
    yield from find_not_ready(standing)
    yield from find_not_rated(standing)
    yield from find_bare(standing)
    yield from find_shaky(standing)
    yield from find_weak_evidence(standing)
    yield from find_unowned(standing)
    yield from find_mentioned_only(standing)
    yield from find_linked_only(standing)
    yield from find_doubted(standing)
