"""Making an edition public at a lasting address, saying beside it what was wrong, and taking it back."""

from __future__ import annotations

import json
import re
from uuid import UUID

from django.db import IntegrityError, transaction
from django.http import Http404
from django.utils import timezone

from cases.access import Actor, require
from cases.audit import AuditVerb, record
from cases.models import Case, CaseAudience, Redaction
from cases.roles import Action
from review.actions.releases.withdrawing import withdraw_edition
from review.hidden_since import hidden_since
from review.models import Correction, Edition, Publication
from review.outgoing import HeldBack, hold_back
from review.states import Purpose


class CannotPublish(ValueError):
    """This can't be made public, or not so; the message says why, `field` in which field it was said."""

    def __init__(self, why: str, field: str | None = None) -> None:
        super().__init__(why)
        self.field = field


@transaction.atomic
def publish(*, by: Actor, case_id: UUID, edition_id: UUID, address: str, checked_by: str) -> UUID:
    """Open an edition to everybody at that address. Raises Http404, CannotPublish, HeldBack."""
    require(by, Action.PUBLISH, case_id)
    Case.objects.select_for_update().get(pk=case_id)  # what somebody is just hiding is hidden before this is looked at
    # The lock that withdrawing takes too: of the two at once, the second sees what the first did.
    edition = Edition.objects.select_for_update().filter(pk=edition_id, case_id=case_id).first()
    if edition is None:
        raise Http404
    if why := why_not(edition, least_cleared(case_id), published=_is_published(edition)):
        raise CannotPublish(why)
    _require_nothing_hidden_since(edition)
    _require_plain(edition, address)
    hold_back(case_id=case_id, audience_key=edition.audience_key, words=checked_by)
    publication = _stored(edition, address, checked_by)
    record(by=by, verb=AuditVerb.EDITION_PUBLISHED, case_id=case_id, target=str(publication.id))
    return publication.id


def why_not(edition: Edition, may_be_public: frozenset[str], *, published: bool) -> str:
    """Why an edition can't be made public; empty when it can."""
    if not edition.outward:
        return "an inward edition can't be made public"
    if edition.audience_key not in may_be_public:
        return (
            f"{edition.audience_name} is cleared for a ground, or something was revealed to it: only what the least cleared "
            "audience reads can be made public"
        )
    if edition.purpose != Purpose.PUBLICATION:
        return "it was released as a draft for review; release it for publication first"
    if edition.withdrawn:
        return "it was withdrawn; release again"
    return "it is public already" if published else ""


def least_cleared(case_id: UUID) -> frozenset[str]:
    """The keys of the outward audiences that are cleared for no ground and to which nothing was revealed."""
    audiences = CaseAudience.objects.filter(case_id=case_id, outward=True, cleared=[])
    revealed = Redaction.objects.filter(case_id=case_id).exclude(revealed_to=[]).values_list("revealed_to", flat=True)
    told = {key for keys in revealed for key in keys}
    return frozenset(audiences.values_list("key", flat=True)) - told


def _require_nothing_hidden_since(edition: Edition) -> None:
    """Between approval and publication somebody may have hidden what these bytes still show."""
    parts = {page: json.loads(content) for page, content in edition.parts.values_list("page", "content")}
    refs = hidden_since(case_id=edition.case_id, audience_key=edition.audience_key, parts=parts)
    if refs:
        raise CannotPublish(f"{', '.join(refs)} may hide now what this edition still shows; release again, without it")


def _require_plain(edition: Edition, address: str) -> None:
    """An address is read like everything else."""
    try:
        hold_back(case_id=edition.case_id, audience_key=edition.audience_key, words=re.sub("[-_]", " ", address))
    except HeldBack as held:
        raise CannotPublish(
            "its address says words that are hidden from the readers of this edition", "address"
        ) from held


def _is_published(edition: Edition) -> bool:
    return Publication.objects.filter(edition=edition).exists()


def _stored(edition: Edition, address: str, checked_by: str) -> Publication:
    try:
        with transaction.atomic():
            return Publication.objects.create(
                edition=edition, address=address, checked_by=checked_by, published_on=timezone.now().date()
            )
    except IntegrityError as error:
        raise CannotPublish(f"the address “{address}” is taken; choose another", "address") from error


@transaction.atomic
def correct(*, by: Actor, case_id: UUID, publication_id: UUID, notice: str, successor_id: UUID | None) -> None:
    """Put a dated notice beside a publication, for good. Raises Http404, CannotPublish, HeldBack."""
    require(by, Action.CORRECT, case_id)
    publication = _locked(case_id, publication_id)
    if publication.withdrawn_on is not None:
        raise CannotPublish("it was withdrawn; nothing can be said beside it any more")
    successor = _successor(publication, successor_id) if successor_id else None
    hold_back(case_id=case_id, audience_key=publication.edition.audience_key, words=notice)
    Correction.objects.create(publication=publication, on=timezone.now().date(), notice=notice, successor=successor)
    record(by=by, verb=AuditVerb.PUBLICATION_CORRECTED, case_id=case_id, target=str(publication.id))


def _successor(publication: Publication, successor_id: UUID) -> Publication:
    edition = publication.edition
    later = Publication.objects.filter(edition__case_id=edition.case_id, edition__audience_key=edition.audience_key)
    found = later.filter(pk=successor_id, edition__number__gt=edition.number, withdrawn_on=None).first()
    if found is None:
        raise CannotPublish("choose a later publication of this case as its successor", "successor")
    return found


@transaction.atomic
def withdraw_publication(*, by: Actor, case_id: UUID, publication_id: UUID) -> None:
    """Take a publication back at once, its edition with it: a fixed sentence stays. Raises Http404."""
    require(by, Action.WITHDRAW, case_id)
    withdraw_edition(by=by, edition_id=_found(case_id, publication_id).edition_id)


def _found(case_id: UUID, publication_id: UUID) -> Publication:
    found = Publication.objects.filter(pk=publication_id, edition__case_id=case_id).first()
    if found is None:
        raise Http404
    return found


def _locked(case_id: UUID, publication_id: UUID) -> Publication:
    """The publication, with its edition locked as withdrawing locks it."""
    edition = Edition.objects.select_for_update().filter(pk=_found(case_id, publication_id).edition_id).get()
    publication = _found(case_id, publication_id)
    publication.edition = edition
    return publication
