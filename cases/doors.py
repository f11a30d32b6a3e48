"""From a request to an actor, and the one answer for everything that is not for them."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotFound
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers

from cases.access import Actor
from cases.models import Side, User


def actor_of(request: HttpRequest) -> Actor:
    """Who is signed in. Raises Http404 when nobody is: the page says where to sign in, the same for everybody."""
    user = request.user
    if not isinstance(user, User) or not user.is_active:
        raise Http404
    return Actor(id=user.pk, name=user.name, side=Side(user.side), organisation_id=user.organisation_id)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Absent, hidden, foreign, revoked, expired, withdrawn: the same bytes and headers."""
    response = HttpResponseNotFound(render_to_string("404.html"))
    patch_vary_headers(response, ["Cookie"])
    return response
