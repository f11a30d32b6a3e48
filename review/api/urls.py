"""What both sites have: the description, and reading editions."""

from django.urls import URLPattern, path, register_converter

from review.api import documentation, editions
from review.urls_pages import PageConverter

EDITION = "editions/<uuid:edition_id>/"


class PartConverter(PageConverter):
    """Any page of an edition, its front included."""

    regex = f"front|{PageConverter.regex}"


register_converter(PartConverter, "part")


def shared_paths() -> list[URLPattern]:
    """The same addresses on both sites."""
    return [
        path("", documentation.documentation, name="api"),
        path("schema/", documentation.schema, name="api_schema"),
        path("editions/", editions.editions, name="api_editions"),
        path(EDITION, editions.edition, name="api_edition"),
        path(f"{EDITION}parts/<part:page>/", editions.part, name="api_part"),
    ]
