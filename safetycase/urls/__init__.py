"""The addresses that both sites have."""

import sys

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, URLResolver, include, path

from safetycase.away import database_away, is_away
from safetycase.health import healthz

SHARED: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("accounts/", include("cases.accounts.urls")),
]


def server_error(request: HttpRequest) -> HttpResponse:
    """Something broke here, or the database is away; the log has it, the page says nothing of it. Called inside `except`."""
    if is_away(sys.exc_info()[1]):
        return database_away(request)
    return render(request, "500.html", status=500)
