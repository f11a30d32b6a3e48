"""When a sitting ends: another person, another kind of act, ten minutes of nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

from prose.models import Why
from review.history.sittings import Entry, sittings

ADA, JUN = UUID(int=1), UUID(int=2)
START = datetime(2026, 5, 4, 9, tzinfo=UTC)


def log(*batches: tuple[UUID, float, Why]) -> list[Entry]:
    return [
        Entry(number, by, START + timedelta(minutes=minutes), why)
        for number, (by, minutes, why) in enumerate(batches, 1)
    ]


def told(*batches: tuple[UUID, float, Why]) -> list[tuple[int, int, tuple[UUID, ...], Why]]:
    return [(one.before, one.last, one.by_ids, one.why) for one in sittings(log(*batches))]


W, M = Why.WRITTEN, Why.MARKED


def test_batches_of_one_person_without_a_long_gap_are_one_sitting():
    assert told((ADA, 0, W), (ADA, 9, W), (ADA, 18.9, W)) == [(0, 3, (ADA,), W)]


def test_ten_minutes_of_nothing_end_it():
    assert told((ADA, 0, W), (ADA, 10, W)) == [(0, 1, (ADA,), W), (1, 2, (ADA,), W)]


def test_another_kind_of_act_ends_it():
    assert told((ADA, 0, W), (ADA, 1, M), (ADA, 2, W)) == [(0, 1, (ADA,), W), (1, 2, (ADA,), M), (2, 3, (ADA,), W)]


def test_another_person_ends_it():
    assert told((ADA, 0, W), (JUN, 1, W), (JUN, 2, W)) == [(0, 1, (ADA,), W), (1, 3, (JUN,), W)]


def test_two_who_write_at_once_share_a_sitting():
    assert told((ADA, 0, W), (JUN, 1, W), (ADA, 2, W), (JUN, 3, W)) == [(0, 4, (ADA, JUN), W)]


def test_who_comes_back_after_ten_minutes_sits_down_anew():
    assert told((ADA, 0, W), (JUN, 5, W), (ADA, 11, W)) == [
        (0, 1, (ADA,), W),
        (1, 2, (JUN,), W),
        (2, 3, (ADA,), W),
    ]


def test_no_batch_is_lost_or_told_twice():
    found = sittings(log(*((by, minute, W) for minute, by in enumerate((ADA, JUN) * 20))))
    assert [one.before for one in found] == [0, *(one.last for one in found[:-1])]
    assert found[-1].last == 40
