"""Several writers at once in one text, at random: the editor's own code against the authority, over a network that loses and repeats."""

from __future__ import annotations

import os
import sys

import pytest

from tests.frontend.conftest import RunInNode

NIGHTLY = os.environ.get("SAFETYCASE_NIGHTLY") == "1"
RUNS, ACTS = (20_000, 14) if NIGHTLY else (500, 8)
SHARDS = 2
FORGETFUL = [sys.executable, "-m", "tests.frontend.forgetful_authority"]


@pytest.mark.parametrize("shard", range(SHARDS))
def test_random_editing_hides_what_touches_hidden_words_and_ends_with_one_text(
    shard: int, in_node: RunInNode, authority: list[str]
) -> None:
    runs = RUNS // SHARDS
    said = in_node("random-editing", runs, ACTS, 1 + shard * 1_000_000, *authority, seconds=4 * 3600)
    print(said)  # the figures of docs/decisions/0010: pytest -s
    assert said["faults"] == []
    assert said["runs"] == runs
    looked_at = ("sent", "stale", "lost", "mark", "unmark", "hidden", "words")
    assert all(said[what] >= runs / 10 for what in looked_at), said


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        ("no-cover", "marks to add"),
        ("not-inclusive", "is shown"),
        ("new-name-on-retry", "taken in twice"),
    ],
)
def test_random_editing_catches_a_fault_of_the_editor(
    fault: str, told: str, in_node: RunInNode, authority: list[str]
) -> None:
    said = in_node("random-editing", 150, 8, 1, *authority, fault=fault)
    assert told in str(said["faults"])


def test_random_editing_catches_that_neither_side_keeps_the_rule(in_node: RunInNode) -> None:
    said = in_node("random-editing", 5, 8, 1, *FORGETFUL, fault="no-cover")
    assert "is shown" in str(said["faults"])
