"""Signing in and out, and one's own password. Nothing else of allauth is mounted."""

from __future__ import annotations

from typing import NoReturn

from allauth.account import views
from django.http import Http404, HttpRequest
from django.urls import path, re_path


def closed(request: HttpRequest, **_: object) -> NoReturn:
    """Addresses that allauth must be able to name, with nothing behind them."""
    raise Http404


urlpatterns = [
    path("login/", views.login, name="account_login"),
    path("logout/", views.logout, name="account_logout"),
    path("password/change/", views.password_change, name="account_change_password"),
    path("password/reset/", views.password_reset, name="account_reset_password"),
    path("password/reset/done/", views.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[0-9A-Za-z-]+)/$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("password/reset/key/done/", views.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    path("signup/", closed, name="account_signup"),
    path("inactive/", closed, name="account_inactive"),
    path("password/set/", closed, name="account_set_password"),
    path("reauthenticate/", closed, name="account_reauthenticate"),
]
