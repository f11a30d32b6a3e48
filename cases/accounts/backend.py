"""Who signs in: address and password, on the side of this process, with one answer for every refusal."""

from __future__ import annotations

from uuid import UUID

from allauth.account.auth_backends import AuthenticationBackend
from django.http import HttpRequest

from cases.accounts.sides import may_sign_in_from, person_with_address, person_with_key
from cases.models import User


class SideBackend(AuthenticationBackend):  # type: ignore[misc]  # allauth is not typed
    """allauth's, knowing nobody of the other side. An inactive account is as unknown as an absent one."""

    def _authenticate(self, request: HttpRequest | None, **credentials: str) -> User | None:
        user = person_with_address(credentials.get("email", ""))
        found = self._check_password(user, credentials.get("password", ""))
        return user if found and user and may_sign_in_from(user, request) else None

    def get_user(self, user_id: UUID | str) -> User | None:
        """The person of a session."""
        return person_with_key(user_id)
