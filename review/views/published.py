"""What anybody may read: publications, whole pages from what is stored. No session, no cookie, no account is asked for."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_safe

from review.loaders.publications import (
    Withdrawn,
    all_published,
    count_reading,
    published_changes,
    published_figure,
    published_find,
    published_page,
)
from review.rendering import base_of
from review.views.pictures import picture

# A browser asks each time, so that a withdrawal is seen at once; a shared cache in front, where there is one, keeps a page for a minute.
CACHED = "public, max-age=0, s-maxage=60"
GONE = 410
Given = ParamSpec("Given")
View = Callable[Concatenate[HttpRequest, Given], HttpResponse]


def _html(template: str, context: dict[str, object], status: int = 200) -> HttpResponse:
    """Rendered without the request: nothing of a session can be asked for."""
    return HttpResponse(render_to_string(template, context), status=status, headers={"Cache-Control": CACHED})


def _or_withdrawn(view: View[Given]) -> View[Given]:
    """Every address below a withdrawn publication answers with the same sentence."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: Given.args, **kwargs: Given.kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Withdrawn as withdrawn:
            return _html("review/published_withdrawn.html", {"on": withdrawn.on}, GONE)

    return guarded


def _kept_nowhere(view: View[Given]) -> View[Given]:
    """No cache keeps what somebody looked for."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: Given.args, **kwargs: Given.kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        return response

    return guarded


@require_safe
def everything(request: HttpRequest) -> HttpResponse:
    """The list of all publications."""
    return _html("review/published_list.html", {"rows": all_published()})


@require_safe
@_or_withdrawn
def page(request: HttpRequest, address: str, page: str = "front") -> HttpResponse:
    """One page of a publication."""
    found = published_page(address, page)
    if request.method == "GET":
        count_reading(found.publication)
    context = {"found": found.publication, "html": found.html, "page": page, "base": base_of(page)}
    return _html("review/published.html", {**context, "canonical": _canonical(request)})


@require_safe
@_or_withdrawn
def changes(request: HttpRequest, address: str) -> HttpResponse:
    """What changed since the publication before."""
    found = published_changes(address)
    if request.method == "GET":
        count_reading(found.publication)
    context = {"found": found.publication, "page": "changes", "base": base_of("changes")}
    told = {"changes": found.changes, "since": found.since, "canonical": _canonical(request)}
    return _html("review/published_changes.html", {**context, **told})


@require_safe
@_kept_nowhere
@_or_withdrawn
def find(request: HttpRequest, address: str) -> HttpResponse:
    """What holds the words, or straight to the object whose reference was typed. The words are kept nowhere, in no cache either."""
    answer = published_find(address, request.GET.get("q", ""))
    if request.method == "GET":
        count_reading(answer.publication)
    base = base_of("find")
    if answer.found.lookup is not None:
        response: HttpResponse = HttpResponseRedirect(reverse("published", args=[address]) + answer.found.lookup)
    else:
        context = {"found": answer.publication, "page": "find", "base": base, "hits": answer.found}
        response = _html("review/published_find.html", {**context, "canonical": _canonical(request)})
    return response


@require_safe
@_or_withdrawn
def figure(request: HttpRequest, address: str, key: str) -> HttpResponse:
    """A figure of a publication."""
    return picture(published_figure(address, key), CACHED)


def _canonical(request: HttpRequest) -> str:
    return request.build_absolute_uri(request.path)
