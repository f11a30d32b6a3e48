"""Rows of this room."""

from cases.models.access import (
    Grant,
    InwardPermission,
    LiveCasePermission,
    OrganisationCeiling,
    OutwardPermission,
    RolePermission,
)
from cases.models.audit import AuditEvent
from cases.models.caches import ReadingRoomCache, WorkshopCache
from cases.models.case import Case, CaseAudience, CaseHeader, CasePerson
from cases.models.files import CaseFile
from cases.models.people import Organisation, ReadingRoomSession, Side, User, WorkshopSession
from cases.models.presence import Presence
from cases.models.redactions import Redaction, RedactionEvent

__all__ = [
    "AuditEvent",
    "Case",
    "CaseAudience",
    "CaseFile",
    "CaseHeader",
    "CasePerson",
    "Grant",
    "InwardPermission",
    "LiveCasePermission",
    "Organisation",
    "OrganisationCeiling",
    "OutwardPermission",
    "Presence",
    "ReadingRoomCache",
    "ReadingRoomSession",
    "Redaction",
    "RedactionEvent",
    "RolePermission",
    "Side",
    "User",
    "WorkshopCache",
    "WorkshopSession",
]
