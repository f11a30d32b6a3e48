"""allauth, closed: no sign-up, no message that names anybody, no change to more than the one column."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from cases.accounts import events
from cases.models import Side, User
from prose.announcing import announce


class SideAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is not typed
    """The doors that allauth leaves to us."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are made by people with the right to, never by whoever comes."""
        return False

    def login(self, request: HttpRequest, user: User) -> None:
        """Sign in, and write it into the trail."""
        super().login(request, user)
        events.signed_in(user)

    def logout(self, request: HttpRequest) -> None:
        """Sign out, and end the streams of this session at once."""
        user = request.user
        key = user.pk if isinstance(user, User) and user.side == Side.INSIDE else None
        super().logout(request)
        if key is not None:
            announce(key, "access")

    def authentication_failed(self, request: HttpRequest, **credentials: object) -> None:
        """Write into the trail that somebody was refused: not whom, an address may be a typing error with a password in it."""
        events.sign_in_refused()

    def set_password(self, user: User, password: str) -> None:
        """Only the one column: the login may write no other."""
        user.set_password(password)
        user.save(update_fields=["password"])

    def add_message(self, *args: object, **kwargs: object) -> None:
        """allauth's messages name people and settings; our pages say what happened."""
