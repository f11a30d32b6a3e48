"""allauth's forms, looking for people on this side only."""

from __future__ import annotations

from allauth.account.forms import ResetPasswordForm, UserTokenForm
from allauth.account.utils import url_str_to_user_pk
from django.core.exceptions import ValidationError

from cases.accounts.sides import person_with_address, person_with_key
from cases.models import User


class SideResetPasswordForm(ResetPasswordForm):  # type: ignore[misc]  # allauth is not typed
    """Asks for a link; the page says the same whether the address is known or not."""

    def clean_email(self) -> str:
        """The address; `users` is whom to write to."""
        email: str = self.cleaned_data["email"].lower()
        found = person_with_address(email)
        self.users = [found] if found else []
        return email


class SideUserTokenForm(UserTokenForm):  # type: ignore[misc]  # allauth is not typed
    """The link that was sent."""

    def _get_user(self, uidb36: str) -> User | None:
        try:
            return person_with_key(url_str_to_user_pk(uidb36))
        except (ValueError, ValidationError):
            return None
