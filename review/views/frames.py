"""What stands around a page of the workshop, and the way back to a page after an act."""

from __future__ import annotations

import re
from typing import TypedDict
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from cases.access import Actor
from cases.roles import Action
from review.forms.grounds import tell_from_whom
from review.forms.talk import SayForm
from review.forms.words import BodyForm, RedactForm
from review.loaders.live import LivePage
from review.loaders.talk.people import people_of_case
from review.rendering import base_of
from review.states import LIST_PAGES
from review.talk.mentions import Named, Names

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
    may_say: bool
    say: SayForm | None
    names: Names | None


def live_frame(actor: Actor, page: LivePage, redact: RedactForm | None = None, say: SayForm | None = None) -> LiveFrame:
    """The page with its surroundings; with the boxes for selected words where a form for one of them is given."""
    if redact is not None:
        tell_from_whom(redact.fields["ground"], page.audiences)
    may_say = Action.SAY in page.actions and page.preview is None
    speaks = may_say and (redact is not None or say is not None)
    people: tuple[Named, ...] = people_of_case(page.case_id) if speaks else ()
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
        "may_say": may_say,
        "say": say or (SayForm(initial={"page": page.page}, people=people, me=actor.id) if speaks else None),
        "names": Names(people) if speaks else None,
    }


def back_to_page(case_id: UUID, page: str) -> HttpResponse:
    """A redirect to a live page, or to the comments; anything that is no page leads to the front."""
    if page == "comments":
        return HttpResponseRedirect(reverse("threads", kwargs={"case_id": case_id}))
    below = "" if page == "front" or not PAGE.fullmatch(page) else f"{page}/"
    return HttpResponseRedirect(reverse("live", kwargs={"case_id": case_id}) + below)
