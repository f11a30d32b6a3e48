"""The desk of those who publish: what can be made public, what is, how often it is read, what was said beside it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Count, QuerySet
from django.utils import timezone
from django.utils.text import slugify

from cases.access import Actor, full_clearance
from cases.roles import Action
from review.actions.publishing import least_cleared, why_not
from review.loaders.home import title_of
from review.models import Correction, Edition, Publication, PublicationRead

DAYS = 30
LONGEST_TITLE = 60


@dataclass(frozen=True, slots=True)
class ReadDay:
    """How many pages were opened on one day, and how high that stands in the picture (0 to 100)."""

    day: date
    count: int
    height: int

    @property
    def top(self) -> int:
        """Where its bar begins, from above."""
        return 100 - self.height


@dataclass(frozen=True, slots=True)
class CorrectionRow:
    """A notice, and the address of its successor, empty for none; whether that was withdrawn since."""

    on: date
    notice: str
    address: str
    leads_nowhere: bool


@dataclass(frozen=True, slots=True)
class PublicationRow:
    """One publication on the desk."""

    id: UUID
    address: str
    title: str
    audience_name: str
    number: int
    published_on: date
    withdrawn_on: date | None
    checked_by: str
    reads: int
    days: tuple[ReadDay, ...]
    corrections: tuple[CorrectionRow, ...]
    successors: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class EditionChoice:
    """An outward edition that is not public: `why_not` says why it can't be made so, empty when it can."""

    id: UUID
    name: str
    released_on: date
    suggested: str
    why_not: str


@dataclass(frozen=True, slots=True)
class PublishingDesk:
    """The page."""

    case_id: UUID
    title: str
    actions: frozenset[Action]
    publications: tuple[PublicationRow, ...]
    editions: tuple[EditionChoice, ...]

    @property
    def refused(self) -> tuple[EditionChoice, ...]:
        """Those that can't."""
        return tuple(one for one in self.editions if one.why_not)

    @property
    def choices(self) -> list[tuple[str, str]]:
        """The editions that can be made public, newest first."""
        return [
            (str(one.id), f"{one.name}, released {one.released_on.day} {one.released_on:%B %Y}")
            for one in self.editions
            if not one.why_not
        ]


def publishing_desk(actor: Actor, case_id: UUID) -> PublishingDesk:
    """Raises Http404 for who may not read the live case."""
    clearance, actions = full_clearance(actor, case_id)
    published = Publication.objects.filter(edition__case_id=case_id).select_related("edition")
    rows = list(published.order_by("-published_on", "-edition__number"))
    return PublishingDesk(
        case_id=case_id,
        title=title_of(case_id, clearance),
        actions=actions,
        publications=_publications(case_id, rows),
        editions=_editions(case_id, {row.edition_id for row in rows}),
    )


def _editions(case_id: UUID, published: set[UUID]) -> tuple[EditionChoice, ...]:
    public = least_cleared(case_id)
    taken = frozenset(Publication.objects.values_list("address", flat=True))
    editions = Edition.objects.filter(case_id=case_id, outward=True).exclude(pk__in=published)
    return tuple(
        EditionChoice(
            id=edition.id,
            name=f"{edition.audience_name}, edition {edition.number}",
            released_on=edition.released_on,
            suggested=suggested_address(str(edition.shell.get("title", "")), edition.released_on, taken),
            why_not=why_not(edition, public, published=False),
        )
        for edition in editions.order_by("-released_on", "-number", "audience_key")
    )


def suggested_address(title: str, released_on: date, taken: frozenset[str]) -> str:
    """From the title that the edition itself shows, and its month. A bar in the title adds no word."""
    words = _first_words(slugify(title.replace("[withheld]", " "))) or "report"
    address = f"{words}-{released_on:%Y-%m}"
    free = (name for name in (address, *(f"{address}-{n}" for n in range(2, len(taken) + 3))) if name not in taken)
    return next(free)


def _first_words(slug: str) -> str:
    """Whole words only: half a word in an address that stays for good looks like a mistake."""
    whole, _, _ = slug[: LONGEST_TITLE + 1].rpartition("-")
    return slug if len(slug) <= LONGEST_TITLE else whole or slug[:LONGEST_TITLE]


def _publications(case_id: UUID, rows: list[Publication]) -> tuple[PublicationRow, ...]:
    reads = PublicationRead.objects.filter(publication__edition__case_id=case_id)
    totals = dict(reads.values_list("publication_id").annotate(n=Count("id")))
    days = _days(reads)
    notices = _notices(case_id)
    return tuple(
        PublicationRow(
            id=row.id,
            address=row.address,
            title=str(row.edition.shell.get("title", "")),
            audience_name=row.edition.audience_name,
            number=row.edition.number,
            published_on=row.published_on,
            withdrawn_on=row.withdrawn_on,
            checked_by=row.checked_by,
            reads=totals.get(row.id, 0),
            days=_month(days.get(row.id, {})),
            corrections=tuple(notices.get(row.id, ())),
            successors=[(str(other.id), other.address) for other in rows if _may_follow(other, row)],
        )
        for row in rows
    )


def _may_follow(other: Publication, row: Publication) -> bool:
    same = other.edition.audience_key == row.edition.audience_key
    return same and other.withdrawn_on is None and other.edition.number > row.edition.number


def _days(reads: QuerySet[PublicationRead]) -> dict[UUID, dict[date, int]]:
    since = timezone.now().date() - timedelta(days=DAYS - 1)
    out: dict[UUID, dict[date, int]] = {}
    for key, day, count in reads.filter(day__gte=since).values_list("publication_id", "day").annotate(n=Count("id")):
        out.setdefault(key, {})[day] = count
    return out


def _month(counts: dict[date, int]) -> tuple[ReadDay, ...]:
    """The last thirty days, today last."""
    today, most = timezone.now().date(), max(counts.values(), default=1)
    days = (today - timedelta(days=back) for back in reversed(range(DAYS)))
    return tuple(ReadDay(day, counts.get(day, 0), round(100 * counts.get(day, 0) / most)) for day in days)


def _notices(case_id: UUID) -> dict[UUID, list[CorrectionRow]]:
    rows = Correction.objects.filter(publication__edition__case_id=case_id).order_by("on", "id")
    out: dict[UUID, list[CorrectionRow]] = {}
    columns = ("publication_id", "on", "notice", "successor__address", "successor__withdrawn_on")
    for key, on, notice, address, withdrawn_on in rows.values_list(*columns):
        out.setdefault(key, []).append(CorrectionRow(on, notice, address or "", withdrawn_on is not None))
    return out
