"""The answer while the database is away: come back soon. A write that got it may have been kept or not: send it again."""

from __future__ import annotations

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

RETRY_AFTER = 2  # seconds: a server that was killed is back after about one
SENTENCE = "The database does not answer just now. Nothing that was saved is lost; try again in a moment.\n"


def is_away(error: BaseException | None) -> bool:
    """Whether this is about the server and not about what was asked of it."""
    return isinstance(error, (OperationalError, InterfaceError))


def database_away(request: HttpRequest) -> HttpResponse:
    """503: a page for a browser, a sentence for a program. Neither needs the database."""
    if "text/html" in request.headers.get("Accept", ""):
        answer = HttpResponse(render_to_string("503.html"), status=503)
    else:
        answer = HttpResponse(SENTENCE, status=503, content_type="text/plain; charset=utf-8")
    answer.headers["Retry-After"] = str(RETRY_AFTER)
    return answer
