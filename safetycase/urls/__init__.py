"""The addresses that both sites have."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, URLResolver, include, path

from safetycase.health import healthz

SHARED: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("accounts/", include("cases.accounts.urls")),
]


def server_error(request: HttpRequest) -> HttpResponse:
    """Something broke here; the log has it, the page says nothing of it."""
    return render(request, "500.html", status=500)
