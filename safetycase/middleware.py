"""What stands before every view: the host check, static files, and the headers of every answer."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.responders import StaticFile

View = Callable[[HttpRequest], HttpResponseBase]

CONTENT_POLICY = "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": CONTENT_POLICY,
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "X-Frame-Options": "DENY",
}


class HostMiddleware:
    """Refuses a request that names the other site, or that in production did not come over HTTPS."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, or 400."""
        try:
            host = request.get_host()
        except DisallowedHost:
            host = settings.OTHER_SITE_HOST
        if host == settings.OTHER_SITE_HOST:
            return _refused("Not the host of this site.")
        if settings.PRODUCTION and not request.is_secure():
            return _refused("Not over HTTPS: the proxy before this site must send X-Forwarded-Proto: https.")
        return self.get_response(request)


def _refused(why: str) -> HttpResponse:
    return HttpResponse(f"{why}\n", status=400, content_type="text/plain")


class HeadersMiddleware:
    """Puts the same headers on every answer that is not a static file, unless the view has set its own."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer with the headers."""
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response


class StaticFilesMiddleware(WhiteNoiseMiddleware):  # type: ignore[misc]  # whitenoise is not typed
    """whitenoise, answering with bytes: its streams warn under ASGI, and our files are small."""

    @staticmethod
    def serve(static_file: StaticFile, request: HttpRequest) -> HttpResponse:
        """The file, or 304."""
        found = static_file.get_response(request.method, request.META)
        body = b"" if found.file is None else found.file.read()
        if found.file is not None:
            found.file.close()
        answer = HttpResponse(body, status=found.status)
        del answer["Content-Type"]
        for name, value in found.headers:
            answer[name] = value
        answer["Content-Security-Policy"] = CONTENT_POLICY
        answer["Cross-Origin-Resource-Policy"] = "same-origin"
        return answer
