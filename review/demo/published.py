"""The second case of the demo: public facts, decided, checked, read by a second pair of eyes, and published for everybody."""

from __future__ import annotations

from uuid import UUID

from cases.access import Actor
from cases.actions.deciding import approve
from cases.models import Redaction
from cases.redaction.facts import RedactionState
from review.actions.publishing import publish
from review.actions.releases import approve_release, settle_check, sign_cold_read, start_again, start_release
from review.checks.findings import Finding
from review.models import Edition, Release
from review.states import Purpose
from review.tasks import make_release

AUDIENCE = "public"
ADDRESS = "pilot-report-public-facts"
STATEMENT = (
    "Seven passages are marked as withheld, to show what bars look like, on the grounds of intellectual property, "
    "test contamination, third party confidence, public safety, security and privacy. "
    "All of them stand in public sources; nothing that matters to the conclusions is missing."
)
STANDS = "this case tells what is publicly known of a report and argues nothing of its own."
CHECKED_BY = "Nobody outside. It was put together from public sources, to show what a published case looks like."


def publish_facts(case_id: UUID, actors: dict[str, Actor]) -> None:
    """As people would do it, from undecided redactions to a page that needs no account."""
    for ref in Redaction.objects.filter(case_id=case_id, state__in=UNDECIDED).values_list("ref", flat=True):
        approve(by=actors["Lex"], case_id=case_id, ref=ref, seen=0, why="An illustration; it may stand.")
    _release(case_id, actors)
    edition = Edition.objects.get(case_id=case_id, audience_key=AUDIENCE)
    publish(by=actors["Ada"], case_id=case_id, edition_id=edition.id, address=ADDRESS, checked_by=CHECKED_BY)


UNDECIDED = (RedactionState.PROPOSED, RedactionState.CONTESTED)


def _release(case_id: UUID, actors: dict[str, Actor]) -> None:
    ada = actors["Ada"]
    first = start_release(
        by=ada,
        case_id=case_id,
        purpose=Purpose.PUBLICATION,
        statements={AUDIENCE: STATEMENT},
        cold_reader_id=actors["Sten"].id,
    )
    make_release(str(first))
    for raw in Release.objects.get(pk=first).findings:
        if (finding := Finding.from_json(raw)).kind.is_argument:
            settle_check(by=ada, release_id=first, fingerprint=finding.fingerprint, reason=STANDS)
    release_id = start_again(by=ada, release_id=first)
    make_release(str(release_id))
    digests = dict(Release.objects.get(pk=release_id).editions.values_list("audience_key", "digest"))
    sign_cold_read(by=actors["Sten"], release_id=release_id, audience_key=AUDIENCE, digest=digests[AUDIENCE])
    approve_release(by=actors["Mina"], release_id=release_id, digests=digests)
