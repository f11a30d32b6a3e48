"""What stands around a page of the workshop, and the way back to a page after an act."""

from __future__ import annotations

import re
from typing import TypedDict
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from cases.access import Actor
from cases.roles import Action
from review.forms.words import BodyForm, RedactForm
from review.loaders.live import LivePage
from review.rendering import base_of
from review.states import LIST_PAGES

PAGE = re.compile(rf"front|{'|'.join(LIST_PAGES)}|(sections|pathways|claims|evidence)/[A-Z]-[2-9A-Z]{{3,5}}")


class LiveFrame(TypedDict):
    """What `review/live.html` needs."""

    live: LivePage
    base: str
    actor: Actor
    redact: RedactForm | None
    reply: BodyForm
    case_id: UUID
    case_title: str
    actions: frozenset[Action]
    may_reply: bool


def live_frame(actor: Actor, page: LivePage, redact: RedactForm | None = None) -> LiveFrame:
    """The page with its surroundings."""
    return {
        "live": page,
        "base": base_of(page.page),
        "actor": actor,
        "redact": redact,
        "reply": BodyForm(),
        "case_id": page.case_id,
        "case_title": str(page.shell["title"]),
        "actions": page.actions,
        "may_reply": Action.REPLY in page.actions,
    }


def back_to_page(case_id: UUID, page: str) -> HttpResponse:
    """A redirect to a live page; anything that is no page leads to the front."""
    below = "" if page == "front" or not PAGE.fullmatch(page) else f"{page}/"
    return HttpResponseRedirect(reverse("live", kwargs={"case_id": case_id}) + below)
