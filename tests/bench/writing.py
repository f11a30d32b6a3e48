"""Twenty people write in one case, five of them in one text, through the workshop as the product starts it."""

from __future__ import annotations

from tests.bench.figures import progress, say
from tests.live.party import write_together
from tests.live.person import play
from tests.live.workshop import running_workshop
from tests.live.writer import Pace, Party

WRITERS, WORDS = 20, 160
AS_THE_EDITOR = Pace(words=WORDS, burst=(1, 8), pause=(0.5, 1.0))


def measure() -> None:
    """Milliseconds until an edit is acknowledged, and until somebody else has it; seconds until all are equal."""
    party = Party(pace=AS_THE_EDITOR)
    with running_workshop(writers=WRITERS) as workshop:
        outcome = play(write_together(workshop, party, WRITERS))
    if outcome.faults:
        raise SystemExit(f"the texts are not what was typed: {outcome.faults[:3]}")
    progress(f"{outcome.edits} words by {WRITERS} writers in {outcome.seconds:.1f} s; answers: {party.times.statuses}")
    for name, times in (("edit_ack_p95_ms", party.times.acknowledged), ("edit_seen_p95_ms", party.times.seen)):
        ordered = sorted(times)
        progress(f"{name}: half within {1000 * ordered[len(ordered) // 2]:.0f} ms")
        say(name, 1000 * ordered[int(0.95 * len(ordered))], "ms", len(ordered))
    say("convergence_s", outcome.convergence, "s", 1)
