"""Releasing: asking for it, settling what the check found, the cold reader's signature, approval; taking an edition back."""

from review.actions.releases.approving import approve_release
from review.actions.releases.changing import CannotRelease, change_state
from review.actions.releases.cold_reading import sign_cold_read
from review.actions.releases.settling import settle_check
from review.actions.releases.starting import drop_release, start_again, start_amendment, start_release
from review.actions.releases.withdrawing import withdraw_edition

__all__ = [
    "CannotRelease",
    "approve_release",
    "change_state",
    "drop_release",
    "settle_check",
    "sign_cold_read",
    "start_again",
    "start_amendment",
    "start_release",
    "withdraw_edition",
]
