"""The pages below a case or an edition, the same everywhere."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponse
from django.urls import URLPattern, path, register_converter

from prose.schema import TEXT_KEY
from review.states import LIST_PAGES
from review.views import changes

LIST = "|".join(sorted(LIST_PAGES))


class KindConverter:
    """sections, pathways, claims or evidence."""

    regex = "sections|pathways|claims|evidence"

    def to_python(self, value: str) -> str:
        """As it is."""
        return value

    def to_url(self, value: str) -> str:
        """As it is."""
        return value


class RefConverter(KindConverter):
    """A reference such as C-4TN."""

    regex = "[A-Z]-[2-9A-HJ-NP-Z]{3,5}"


class PageConverter(KindConverter):
    """A page of an edition other than its front."""

    regex = f"{LIST}|(?:{KindConverter.regex})/{RefConverter.regex}"


class ListConverter(KindConverter):
    """A page that lists."""

    regex = LIST


class FigureConverter(KindConverter):
    """The key of a figure."""

    regex = "f-[a-hjkmnp-z2-9]{16}"


class TextConverter(KindConverter):
    """The key of a text."""

    regex = TEXT_KEY.pattern


register_converter(ListConverter, "list")
register_converter(KindConverter, "kind")
register_converter(RefConverter, "ref")
register_converter(PageConverter, "page")
register_converter(FigureConverter, "figure")
register_converter(TextConverter, "text")


def edition_paths(view: Callable[..., HttpResponse], figure: Callable[..., HttpResponse]) -> list[URLPattern]:
    """Reading an edition, its figures included."""
    return [
        path("editions/<uuid:edition_id>/", view, name="edition"),
        path("editions/<uuid:edition_id>/changes/", changes.changes, name="edition_changes"),
        path("editions/<uuid:edition_id>/<page:page>/", view, name="edition_page"),
        path("editions/<uuid:edition_id>/pictures/<figure:key>", figure, name="edition_figure"),
    ]
