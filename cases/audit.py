"""Writing the trail: who, what, which case, which reference. Never words."""

from __future__ import annotations

from enum import StrEnum
from uuid import UUID

from cases.access import Actor
from cases.models import AuditEvent


class AuditVerb(StrEnum):
    """What can be in the trail."""

    SIGNED_IN = "signed_in"
    SIGN_IN_REFUSED = "sign_in_refused"
    LIVE_READ = "live_read"
    PREVIEWED = "previewed"
    EDITION_READ = "edition_read"
    CASE_IMPORTED = "case_imported"
    CASE_EXPORTED = "case_exported"
    ACCESS_GIVEN = "access_given"
    ACCESS_EXTENDED = "access_extended"
    ACCESS_REVOKED = "access_revoked"
    FILE_ADDED = "file_added"
    DOCUMENT_READ = "document_read"
    DOCUMENT_IMPORTED = "document_imported"
    DOCUMENT_DROPPED = "document_dropped"
    TEXT_RESTORED = "text_restored"
    WORDS_REPLACED = "words_replaced"
    REDACTION_PROPOSED = "redaction_proposed"
    REDACTION_LAID_OVER_MORE = "redaction_laid_over_more"
    REDACTION_APPROVED = "redaction_approved"
    REDACTION_CONTESTED = "redaction_contested"
    REDACTION_LIFTED = "redaction_lifted"
    REDACTION_PROPOSED_AGAIN = "redaction_proposed_again"
    REDACTION_NARROWED = "redaction_narrowed"
    REDACTION_DATED = "redaction_dated"
    REDACTION_REVEALED = "redaction_revealed"
    REDACTION_UNREVEALED = "redaction_unrevealed"
    REDACTION_REWORDED = "redaction_reworded"
    REDACTION_ASKED_TO_OMIT = "redaction_asked_to_omit"
    REDACTION_OMITTED = "redaction_omitted"
    REDACTION_DECLINED_TO_OMIT = "redaction_declined_to_omit"
    RELEASE_STARTED = "release_started"
    RELEASE_APPROVED = "release_approved"
    RELEASE_DROPPED = "release_dropped"
    CHECK_SETTLED = "check_settled"
    COLD_READ_SIGNED = "cold_read_signed"
    EDITION_WITHDRAWN = "edition_withdrawn"
    EDITION_PUBLISHED = "edition_published"
    PUBLICATION_CORRECTED = "publication_corrected"
    PUBLICATION_WITHDRAWN = "publication_withdrawn"
    THREAD_OPENED = "thread_opened"
    COMMENTED = "commented"
    REPLIED = "replied"
    INSIDE_THREAD_OPENED = "inside_thread_opened"
    INSIDE_COMMENTED = "inside_commented"
    INSIDE_THREAD_RESOLVED = "inside_thread_resolved"
    INSIDE_THREAD_REOPENED = "inside_thread_reopened"
    INSIDE_THREAD_SUSTAINED = "inside_thread_sustained"
    INSIDE_THREAD_ANSWERED = "inside_thread_answered"
    INSIDE_THREAD_RESIDUAL = "inside_thread_residual"
    INSIDE_THREAD_DOUBTED_AGAIN = "inside_thread_doubted_again"
    INSIDE_THREAD_ACCEPTED = "inside_thread_accepted"
    INSIDE_THREAD_IN_PART = "inside_thread_in_part"
    INSIDE_THREAD_REJECTED = "inside_thread_rejected"
    INSIDE_THREAD_WITHDRAWN = "inside_thread_withdrawn"
    TRAIL_READ = "trail_read"
    PART_CREATED = "part_created"
    PART_CHANGED = "part_changed"
    PART_RATED = "part_rated"
    PART_MOVED = "part_moved"
    PART_RETIRED = "part_retired"
    PART_BROUGHT_BACK = "part_brought_back"
    PART_MERGED = "part_merged"
    PART_TOOK_IN = "part_took_in"
    PART_SPLIT = "part_split"
    PART_SPLIT_OFF = "part_split_off"
    PART_REPOINTED = "part_repointed"

    @property
    def label(self) -> str:
        """The verb as words."""
        return self.value.replace("_", " ")


def record(*, by: Actor | None, verb: AuditVerb, case_id: UUID | None = None, target: str = "") -> None:
    """Add one event. Insert only: the reading room's login can't read it back."""
    AuditEvent.objects.create(actor_id=by.id if by else None, verb=verb, case_id=case_id, target=target[:60])
