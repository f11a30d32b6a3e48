"""One release in four steps: for whom, check, read, approve."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.db.models import Max
from django.http import Http404

from cases.access import Actor, conditions_hold, full_clearance
from cases.models import CaseAudience, User
from cases.roles import Action, Facts
from review.checks.findings import Finding, FindingKind
from review.loaders.home import title_of
from review.loaders.releases.desk import waits_for_cold_reader
from review.loaders.releases.grouped import Findings, grouped, page_name, since
from review.loaders.releases.readers import Reader, consequence, how_many, readers_in
from review.loaders.releases.starting import Choices, unready_titles
from review.models import CheckDecision, Edition, PreparedEdition, Release
from review.states import Purpose, ReleaseState


class Step(StrEnum):
    """Where somebody is in a release. *For whom* is behind them: it made the release."""

    CHECK = "check"
    READ = "read"
    APPROVE = "approve"


@dataclass(frozen=True, slots=True)
class EditionCard:
    """What one audience would get."""

    edition: PreparedEdition
    number: int
    readers: tuple[Reader, ...]
    waits: bool
    signed_by: str
    withdrawn: bool

    @property
    def how_many(self) -> str:
        """How many will read it, and where they are."""
        return how_many(self.readers)

    @property
    def since(self) -> str:
        """What changed since its last edition, in a sentence."""
        return since(self.edition.changes)

    @property
    def against(self) -> str:
        """What the counts are counted against."""
        number = self.edition.changes.get("since")
        return f"since edition {number}" if number else "its first edition"


@dataclass(frozen=True, slots=True)
class ReleasePage:
    """One release: progress, findings, what changed, who will read it, and what the actor may do."""

    release: Release
    state: ReleaseState
    step: Step
    open_steps: frozenset[Step]
    purpose: Purpose
    cards: tuple[EditionCard, ...]
    others: tuple[str, ...]
    findings: Findings
    left_out: Choices
    cold_reader: str
    requested_by: str
    approved_by: str
    may_sign: bool
    may_approve: bool
    may_work: bool
    amends: UUID | None  # the newest edition of its audience, which an amendment starts from
    title: str
    actions: frozenset[Action]

    @property
    def word(self) -> str:
        """What it is called on its pages."""
        return "publication" if self.purpose is Purpose.PUBLICATION else "draft"

    @property
    def is_checked(self) -> bool:
        """Whether the check has let it pass."""
        return Step.APPROVE in self.open_steps

    @property
    def may_be_read(self) -> bool:
        """Whether there is anything to read."""
        return Step.READ in self.open_steps

    @property
    def is_read(self) -> bool:
        """Whether nobody who was named has still to read it."""
        return self.is_checked and not self.waits

    @property
    def changed(self) -> tuple[EditionCard, ...]:
        """The editions that would be new."""
        return tuple(card for card in self.cards if not card.edition.unchanged)

    @property
    def is_withdrawn(self) -> bool:
        """Whether every edition of it was withdrawn since."""
        return all(card.withdrawn for card in self.changed)

    @property
    def made_anew(self) -> tuple[str, ...]:
        """What the chosen parts of an amendment are called."""
        return tuple(page_name(page) for page in self.release.chosen)

    @property
    def to_choose(self) -> list[str]:
        """The pages to start an amendment again with: those that were chosen, and those that the check asks for."""
        rows = (*self.findings.stops, *self.findings.noted)
        asked = {row.finding.page for row in rows if row.finding.kind is FindingKind.KEPT_PAGE}
        return sorted(asked.union(self.release.chosen))

    @property
    def waits(self) -> bool:
        """Whether the cold reader has still to sign."""
        return any(card.waits for card in self.cards)

    @property
    def consequence(self) -> str:
        """What will happen on approval."""
        readers = (reader for card in self.changed for reader in card.readers)
        return consequence(readers, by_actor=self.may_approve, for_publication=self.is_for_everybody)

    @property
    def is_for_everybody(self) -> bool:
        """Whether an edition of it may be opened to everybody later."""
        return self.purpose is Purpose.PUBLICATION and any(card.edition.outward for card in self.changed)


def release_for(actor: Actor, case_id: UUID, release_id: UUID, step: str = "") -> ReleasePage:
    """The release at a step, or at the one where it stands. Raises Http404 for who may not read the live case."""
    clearance, actions = full_clearance(actor, case_id)
    release = Release.objects.filter(pk=release_id, case_id=case_id).first()
    if release is None:
        raise Http404
    state, purpose = ReleaseState(release.state), Purpose(release.purpose)
    editions = list(release.editions.defer("shell").order_by("-outward", "audience_name"))
    names = _names(release, editions)
    facts = Facts(actor.id, release.requested_by_id, release.cold_reader_id)
    waits = any(waits_for_cold_reader(release, edition) for edition in editions)
    open_steps = _open_steps(state)
    here = Step(step) if step in {one.value for one in open_steps} else _stands_at(state, waits=waits)
    return ReleasePage(
        release=release,
        state=state,
        step=here,
        open_steps=open_steps,
        purpose=purpose,
        cards=_cards(release, editions, names),
        others=_others(case_id, editions),
        findings=_findings(release, purpose),
        left_out=unready_titles(case_id, clearance, release.left_out) if release.left_out else [],
        cold_reader=names.get(release.cold_reader_id, ""),
        requested_by=names.get(release.requested_by_id, ""),
        approved_by=names.get(release.approved_by_id, ""),
        may_sign=Action.SIGN_COLD_READ in actions and conditions_hold(Action.SIGN_COLD_READ, facts),
        may_approve=Action.APPROVE_RELEASE in actions and conditions_hold(Action.APPROVE_RELEASE, facts),
        may_work=Action.START_RELEASE in actions,
        amends=_amends(release, editions),
        title=title_of(case_id, clearance),
        actions=actions,
    )


def _findings(release: Release, purpose: Purpose) -> Findings:
    found = [Finding.from_json(raw) for raw in release.findings]
    since = CheckDecision.objects.filter(case_id=release.case_id, fingerprint__in=[one.fingerprint for one in found])
    return grouped(found, release.fine, purpose, dict(since.values_list("fingerprint", "reason")))


def _amends(release: Release, editions: list[PreparedEdition]) -> UUID | None:
    keys = [edition.audience_key for edition in editions] if release.chosen else []
    newest = Edition.objects.filter(case_id=release.case_id, audience_key__in=keys).order_by("number").last()
    return newest.id if newest and not newest.withdrawn else None


def _open_steps(state: ReleaseState) -> frozenset[Step]:
    if state in (ReleaseState.READY, ReleaseState.APPROVED):
        return frozenset(Step)
    return frozenset({Step.CHECK, Step.READ} if state is ReleaseState.HELD else {Step.CHECK})


def _stands_at(state: ReleaseState, *, waits: bool) -> Step:
    if state not in (ReleaseState.READY, ReleaseState.APPROVED):
        return Step.CHECK
    return Step.READ if waits and state is ReleaseState.READY else Step.APPROVE


def _names(release: Release, editions: list[PreparedEdition]) -> dict[UUID | None, str]:
    people = {release.requested_by_id, release.cold_reader_id, release.approved_by_id}
    people |= {edition.cold_read_by_id for edition in editions}
    return dict(User.objects.filter(pk__in=[one for one in people if one]).values_list("pk", "name"))


def _cards(release: Release, editions: list[PreparedEdition], names: dict[UUID | None, str]) -> tuple[EditionCard, ...]:
    readers = readers_in(release.case_id)
    stored = Edition.objects.filter(case_id=release.case_id, audience_key__in=[e.audience_key for e in editions])
    last = dict(stored.order_by().values_list("audience_key").annotate(Max("number")))
    own = {
        one.id: one for one in stored.filter(pk__in=[edition.id for edition in editions]).only("number", "withdrawn")
    }
    return tuple(
        EditionCard(
            edition=edition,
            number=own[edition.id].number if edition.id in own else last.get(edition.audience_key, 0) + 1,
            withdrawn=edition.id in own and own[edition.id].withdrawn,
            readers=readers.get(edition.audience_key, ()),
            waits=waits_for_cold_reader(release, edition),
            signed_by=names.get(edition.cold_read_by_id, "") if edition.cold_read_digest == edition.digest else "",
        )
        for edition in editions
    )


def _others(case_id: UUID, editions: list[PreparedEdition]) -> tuple[str, ...]:
    rows = CaseAudience.objects.filter(case_id=case_id).exclude(key__in=[e.audience_key for e in editions])
    return tuple(rows.order_by("order").values_list("name", flat=True))
