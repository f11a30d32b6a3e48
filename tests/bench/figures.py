"""How figures are said and timed: one JSON line on stdout, progress on stderr, medians of paired runs."""

from __future__ import annotations

import gc
import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from statistics import median

Clock = Callable[[], float]


def say(name: str, value: float, unit: str, n: int) -> None:
    """One figure."""
    print(json.dumps({"name": name, "value": round(value, 3), "unit": unit, "n": n}), flush=True)


def progress(words: str) -> None:
    """One line for whoever waits."""
    print(f"bench: {words}", file=sys.stderr, flush=True)


def seconds(run: Callable[[], object], clock: Clock = time.perf_counter) -> float:
    """How long one run took."""
    start = clock()
    run()
    return clock() - start


def paired(over: Callable[[], float], under: Callable[[], float], n: int, what: str) -> float:
    """The median of n ratios, each of two runs in a row, so that a busy moment of the machine hits both; one pair to warm up."""
    over(), under()
    pairs = [(over(), under()) for _ in range(n)]
    above, below = (1000 * median(times) for times in zip(*pairs, strict=True))
    progress(f"{what}: medians {above:.2f} ms and {below:.2f} ms")
    return median(one / other for one, other in pairs)


@contextmanager
def collector_off() -> Iterator[None]:
    """As timeit does: a full collection walks all that the process holds, both cases included, whichever is projected."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()
