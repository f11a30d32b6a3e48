"""Finding in an edition, over HTTP: a word that stands in it, one that stands nowhere, one that only another edition has."""

from __future__ import annotations

from math import sqrt
from random import Random
from statistics import fmean, median, variance

from tests.bench.figures import progress, say
from tests.bench.pages import Site
from tests.bench.state import State
from tests.bench.words import secret_words

RUNS, PAIRS = 201, 1000
COMMON = "sabotage"
OF_ANOTHER_EDITION = secret_words(0).split()[-1]  # hidden from the reviewer on a legal duty; the full edition has it
NOWHERE = OF_ANOTHER_EDITION[::-1]


def measure(site: Site, state: State) -> None:
    """Milliseconds of the slowest kind, and how far apart the two kinds are that nobody may tell apart."""
    address = f"/editions/{state.edition(1)}/find/?q="
    for _ in range(20):
        site.get(address + COMMON)
    hits = [site.get(address + COMMON) for _ in range(RUNS)]
    misses: dict[str, list[float]] = {NOWHERE: [], OF_ANOTHER_EDITION: []}
    chance = Random(1)
    for _ in range(PAIRS):
        for word in chance.sample(list(misses), 2):  # a busy moment of the machine hits both alike
            misses[word].append(site.get(address + word))
    kinds = {"hit": hits, "miss": misses[NOWHERE], "word of another edition": misses[OF_ANOTHER_EDITION]}
    medians = {name: 1000 * median(times) for name, times in kinds.items()}
    progress(", ".join(f"{name}: median {value:.2f} ms" for name, value in medians.items()))
    say("edition_search_ms", max(medians.values()), "ms", RUNS + 2 * PAIRS)
    say("edition_search_welch_t", abs(welch_t(*misses.values())), "t", 2 * PAIRS)


def welch_t(one: list[float], other: list[float]) -> float:
    """Welch's t of two samples."""
    return (fmean(one) - fmean(other)) / sqrt(variance(one) / len(one) + variance(other) / len(other))
