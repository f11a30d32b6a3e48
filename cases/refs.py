"""References: short random codes, given once, so that no gap can tell."""

from __future__ import annotations

import secrets
from collections.abc import Container
from typing import NewType

SectionRef = NewType("SectionRef", str)
PathwayRef = NewType("PathwayRef", str)
ClaimRef = NewType("ClaimRef", str)
SupportRef = NewType("SupportRef", str)
EvidenceRef = NewType("EvidenceRef", str)
BearingRef = NewType("BearingRef", str)
AssuranceRef = NewType("AssuranceRef", str)
LimitationRef = NewType("LimitationRef", str)
TagRef = NewType("TagRef", str)
TermRef = NewType("TermRef", str)
CaseRef = NewType("CaseRef", str)
REFERENCE_TYPES = frozenset(
    {
        SectionRef,
        PathwayRef,
        ClaimRef,
        SupportRef,
        EvidenceRef,
        BearingRef,
        AssuranceRef,
        LimitationRef,
        TagRef,
        TermRef,
        CaseRef,
    }
)

REF_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
KEY_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


def new_ref(letter: str, taken: Container[str]) -> str:
    """A fresh reference such as R-7Q2K that is not among those taken."""
    while True:
        ref = f"{letter}-" + "".join(secrets.choice(REF_ALPHABET) for _ in range(4))
        if ref not in taken:
            return ref


def new_text_key() -> str:
    """A fresh public key for a text."""
    return new_key("t")


def new_key(letter: str) -> str:
    """A fresh public key such as f-4hz…: sixteen random characters."""
    return f"{letter}-" + "".join(secrets.choice(KEY_ALPHABET) for _ in range(16))
