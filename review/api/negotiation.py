"""One way in and one way out: JSON. A module of its own, since Django REST framework imports it while it is made itself."""

from __future__ import annotations

from typing import Any

from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.parsers import BaseParser
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request


class JsonOnly(BaseContentNegotiation):
    """Whatever the request would like: there is one way in and one way out."""

    def select_parser(self, request: Request, parsers: Any) -> BaseParser | None:  # of DRF
        """The one that reads JSON, if the request says that it is JSON."""
        kind = (request.content_type or "").partition(";")[0].strip()
        return next((parser for parser in parsers if parser.media_type == kind), None)

    def select_renderer(
        self, request: Request, renderers: Any, format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        """The first and only one."""
        return renderers[0], renderers[0].media_type
