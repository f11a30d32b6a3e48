"""Stage of the worker: releases of the whole case to four audiences, and how long they and their check take."""

from __future__ import annotations

import time
from functools import partial
from statistics import median
from uuid import UUID

from cases.access import Actor
from review import tasks
from review.actions.releases import approve_release, drop_release, start_release
from review.checks.material import CheckMaterial
from review.checks.run import Checked, check_release
from review.models import Edition, Release
from review.states import Purpose, ReleaseState
from tests.bench.figures import collector_off, paired, progress, say, seconds
from tests.bench.material import STATEMENTS
from tests.bench.people import actor
from tests.bench.state import FACTORS, State

RUNS = 5


class TimedCheck:
    """Stands for the check while releases are made."""

    def __init__(self) -> None:
        self.took: list[float] = []
        self.material: CheckMaterial | None = None

    def __call__(self, material: CheckMaterial) -> Checked:
        """Check, and remember how long it took."""
        self.material = material
        found: list[Checked] = []
        self.took.append(seconds(lambda: found.append(check_release(material))))
        return found[0]


def release(state: State) -> None:
    """Timed releases of the case, one of the big one; the last of each is approved."""
    ada, mina = actor(state, "Ada"), actor(state, "Mina")
    check = TimedCheck()
    tasks.check_release = check  # type: ignore[assignment,attr-defined]
    _made(ada, state.case(1), drop=True)  # templates, parsed lists and caches warm up
    check.took.clear()
    times = [_made(ada, state.case(1), drop=True) for _ in range(RUNS)]
    say("release_seconds", median(times), "s", RUNS)
    say("release_check_seconds", median(check.took), "s", RUNS)
    materials: list[CheckMaterial] = []
    for factor in FACTORS:
        took = _made(ada, state.case(factor), drop=False)
        assert check.material is not None
        materials.append(check.material)
        progress(f"release {factor}x: {took:.2f} s, of which the check {check.took[-1]:.2f} s")
        _approve(mina, state.case(factor))
        edition = Edition.objects.get(case_id=state.case(factor), audience_key="external_reviewer")
        state.editions[str(factor)] = str(edition.pk)
    small, big = (partial(seconds, partial(check_release, material), time.process_time) for material in materials)
    with collector_off():
        say("release_check_4x_over_1x", paired(big, small, RUNS, "checking 4x and 1x"), "ratio", RUNS)


def _made(by: Actor, case_id: UUID, *, drop: bool) -> float:
    release_id = start_release(by=by, case_id=case_id, purpose=Purpose.DRAFT_FOR_REVIEW, statements=STATEMENTS)
    took = seconds(lambda: tasks.make_release(str(release_id)))
    made = Release.objects.get(pk=release_id)
    assert made.state == ReleaseState.READY, (made.state, made.failure, made.findings[:3])
    if drop:
        drop_release(by=by, release_id=release_id)
    return took


def _approve(by: Actor, case_id: UUID) -> None:
    made = Release.objects.get(case_id=case_id, state=ReleaseState.READY)
    digests = dict(made.editions.values_list("audience_key", "digest"))
    approve_release(by=by, release_id=made.pk, digests=digests)
