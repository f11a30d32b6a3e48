"""The people whom this process knows: those of its own side."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest

from cases.demo import is_demo_account
from cases.models import User

LOOPBACK = {"127.0.0.1", "::1"}


def person_with_address(email: str) -> User | None:
    """Whoever has the address on this side and may sign in."""
    return User.objects.filter(side=settings.SIDE, email=email.strip().lower(), is_active=True).first()


def person_with_key(key: UUID | str) -> User | None:
    """Whoever has the key on this side and may sign in."""
    return User.objects.filter(side=settings.SIDE, pk=key, is_active=True).first()


def may_sign_in_from(user: User, request: HttpRequest | None) -> bool:
    """Demo accounts exist for somebody at this very machine, while the demo runs; for nobody else."""
    if not is_demo_account(user.email):
        return True
    return settings.DEMO and request is not None and request.META.get("REMOTE_ADDR") in LOOPBACK
