"""The redaction rule, the one place that says who may see. Import from here; only `projection` and `checks` modules may."""

from cases.redaction.facts import (
    EMPTY_REGISTER,
    Audience,
    Cover,
    Extent,
    Ground,
    Redaction,
    RedactionState,
    Register,
)
from cases.redaction.rule import (
    Presence,
    Redacted,
    Shown,
    Withheld,
    presence,
    redact,
    redact_document,
    shown_attribute,
    shown_owner,
    withheld,
)

__all__ = [
    "EMPTY_REGISTER",
    "Audience",
    "Cover",
    "Extent",
    "Ground",
    "Presence",
    "Redacted",
    "Redaction",
    "RedactionState",
    "Register",
    "Shown",
    "Withheld",
    "presence",
    "redact",
    "redact_document",
    "shown_attribute",
    "shown_owner",
    "withheld",
]
