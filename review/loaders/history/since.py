"""Since when: a day, some days, an edition, or when the reader was last here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from uuid import UUID

from django.http import Http404
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime, make_aware

from cases.audit import AuditVerb
from cases.models import AuditEvent
from review.models import Edition, PreparedEdition

VISIT, WEEK = "visit", "7d"
DAYS = re.compile(r"([1-9][0-9]{0,3})d")
AWAY = timedelta(hours=2)  # who reads nothing for so long has left
LOOKED_AT = 500  # of one's own readings


@dataclass(frozen=True, slots=True)
class Since:
    """A moment to look back to: as it is asked for in an address, and as words: "in the last 7 days"."""

    asked: str
    at: datetime
    words: str


def choices(actor_id: UUID, case_id: UUID) -> tuple[Since, ...]:
    """What to choose from, the first being usual. Two statements."""
    now = timezone.now()
    visit = _last_visit(actor_id, case_id, now)
    days = (Since(f"{n}d", now - timedelta(days=n), _days(n)) for n in (7, 30))
    return (*([visit] if visit else []), *days, *_editions(case_id))


def since(asked: str, offered: tuple[Since, ...]) -> Since:
    """What `?since=` asks for; the usual where it says nothing. Raises Http404 for what is no moment, and no edition of the case."""
    if not asked:
        return offered[0]
    for one in offered:
        if one.asked == asked:
            return one
    if found := DAYS.fullmatch(asked):
        return Since(asked, timezone.now() - timedelta(days=int(found[1])), _days(int(found[1])))
    if asked == VISIT:
        return next(one for one in offered if one.asked == WEEK)
    return _moment(asked)


def _moment(asked: str) -> Since:
    try:
        if len(asked) == len("2026-05-04"):
            day = date.fromisoformat(asked)
            return Since(asked, make_aware(datetime.combine(day, time())), f"since {date_format(day, 'j F Y')}")
        moment = datetime.fromisoformat(asked)
        return Since(asked, moment if timezone.is_aware(moment) else make_aware(moment), f"since {_told(moment)}")
    except (ValueError, OverflowError) as error:
        raise Http404 from error


def _days(count: int) -> str:
    return "in the last day" if count == 1 else f"in the last {count} days"


def _told(moment: datetime) -> str:
    return date_format(localtime(moment) if timezone.is_aware(moment) else moment, "j F Y, H:i")


def _last_visit(actor_id: UUID, case_id: UUID, now: datetime) -> Since | None:
    """The last of the reader's own readings before they left for a while."""
    rows = AuditEvent.objects.filter(case_id=case_id, actor_id=actor_id, verb=AuditVerb.LIVE_READ).order_by("-at")
    read = list(rows.values_list("at", flat=True)[:LOOKED_AT])
    for later, earlier in pairwise([now, *read]):
        if later - earlier > AWAY:
            return Since(VISIT, earlier, f"since you were last here, on {_told(earlier)}")
    return None


def _editions(case_id: UUID) -> Iterator[Since]:
    """Every edition, newest first, with when the live case was read for it."""
    editions = Edition.objects.filter(case_id=case_id).order_by("-released_on", "audience_name", "-number")
    rows = editions.values_list("id", "audience_key", "audience_name", "number", "released_on")
    prepared = PreparedEdition.objects.filter(release__case_id=case_id).values_list("id", "release__snapshot_at")
    made = {key: at for key, at in prepared if at is not None}
    for key, audience, name, number, day in rows:
        if key in made:
            words = f"since {name}, edition {number}, of {date_format(day, 'j F Y')}"
            yield Since(f"edition:{audience}:{number}", made[key], words)
