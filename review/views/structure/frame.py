"""What the pages about structure have in common."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from cases.access import Actor
from cases.roles import Action
from pathways.actions.acting import CannotChange
from review.rendering import page_of
from review.views.frames import back_to_page

OF_A_LIST = "ANT"  # kinds that stand on a page with others


class About(Protocol):
    """What a page is made from."""

    @property
    def case_id(self) -> UUID:
        """The case."""

    @property
    def title(self) -> str:
        """Its title."""

    @property
    def actions(self) -> frozenset[Action]:
        """All that who reads it may do in the case."""


def frame(actor: Actor, about: About) -> dict[str, object]:
    """What the shell of a page of the workshop needs."""
    return {
        "actor": actor,
        "case_id": about.case_id,
        "case_title": about.title,
        "actions": about.actions,
        "place": "order",
    }


def to_page_of(case_id: UUID, ref: str, fallback: str = "") -> HttpResponse:
    """To the live page of a part, or the one on which it stands."""
    if ref.startswith("G"):
        return HttpResponseRedirect(reverse("order", kwargs={"case_id": case_id, "kind": "groups"}))
    way = back_to_page(case_id, fallback or page_of(ref))
    return HttpResponseRedirect(f"{way['Location']}#{ref}") if ref[:1] in OF_A_LIST else way


def link_to(case_id: UUID, ref: str) -> SafeString:
    """The reference of a claim or evidence, leading to its page."""
    return format_html('<a href="{}{}/">{}</a>', reverse("live", kwargs={"case_id": case_id}), page_of(ref), ref)


def looked_anew(request: HttpRequest, looked: Mapping[str, int]) -> QueryDict:
    """What was sent, carrying the versions of what the answer shows: who sends it again has seen that."""
    data = request.POST.copy()
    for name, version in looked.items():
        data[name] = str(version)
    return data


def field_of(error: CannotChange, fields: object) -> str | None:
    """The field at which a refusal stands, if the form has it."""
    return error.field if error.field in fields else None  # type: ignore[operator]  # the fields of a form
