"""The live case: reading it, previewing it, hiding words, answering what was said."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from cases.access import require
from cases.actions.redactions import redact_words
from cases.audit import AuditVerb, record
from cases.demo import demo_cast
from cases.doors import actor_of
from cases.redaction.facts import Extent, Ground
from cases.roles import Action
from prose.anchors import Span
from prose.marking import CannotMark
from review.actions.threads import reply
from review.demo.things import things_to_try
from review.forms.words import BodyForm, QuickRedactForm, RedactForm
from review.loaders.editions import INSIDE, editions_for
from review.loaders.home import cases_of
from review.loaders.live import live_page
from review.loaders.releases import waiting_for
from review.loaders.talk.waiting import for_you
from review.outgoing import HeldBack
from review.states import PageKind
from review.views.done import done, is_from_editor, refused_in_editor
from review.views.frames import back_to_page, live_frame
from review.views.previews import differences_on


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What is open to whoever is signed in; for nobody, where to sign in."""
    if not request.user.is_authenticated:
        return render(request, "review/welcome.html", {"site": "Workshop", **demo_cast(inside=True)})
    actor = actor_of(request)
    cases = cases_of(actor)
    things = things_to_try(cases) if settings.DEMO else []
    mine = {
        "cases": cases,
        "editions": editions_for(INSIDE, actor),
        "waiting": waiting_for(actor),
        "for_you": for_you(actor.id, [case.id for case in cases if case.may_read]),
    }
    return render(request, "review/workshop_home.html", {**mine, "actor": actor, "things": things})


@require_safe
def live(request: HttpRequest, case_id: UUID, kind: str = "front", ref: str = "", audience: str = "") -> HttpResponse:
    """One live page, or what an audience would read of it."""
    if audience and request.GET.get("only") == "differences":
        return differences_on(request, case_id, audience, f"{kind}/{ref}" if ref else kind)
    actor = actor_of(request)
    page = live_page(actor, case_id, PageKind(kind), ref, audience)
    verb = AuditVerb.PREVIEWED if audience else AuditVerb.LIVE_READ
    record(by=actor, verb=verb, case_id=case_id, target=page.page)
    return render(request, "review/live.html", live_frame(actor, page, redact=RedactForm()))


@require_POST
def redact(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Hide the selected words. In the editor, `quick` leaves note and reason for later."""
    actor = actor_of(request)
    is_quick = is_from_editor(request) and "quick" in request.POST
    form = (QuickRedactForm if is_quick else RedactForm)(request.POST)
    if not form.is_valid():
        return _again(request, case_id, form)
    data = form.cleaned_data
    try:
        hidden = redact_words(
            by=actor,
            case_id=case_id,
            text_key=data["text"],
            version=data["version"],
            span=Span(data["start"], data["end"]),
            ground=Ground(data["ground"]),
            note=data["note"],
            reason=data["reason"],
            extent=Extent(data["extent"]),
            bears_load=data["bears_load"],
        )
    except CannotMark as error:
        form.add_error(None, str(error).capitalize() + ".")
        return _again(request, case_id, form)
    sentence = f"Hidden at once, as {hidden.ref}. Readers see it from the next release on."
    return done(request, sentence, back_to_page(case_id, data["page"]), ref=hidden.ref, version=hidden.version)


def _again(request: HttpRequest, case_id: UUID, form: RedactForm) -> HttpResponse:
    """The same page with the dialog open and everything typed kept."""
    actor = actor_of(request)
    if is_from_editor(request):
        require(actor, Action.REDACT, case_id)
        return refused_in_editor(form)
    kind, _, ref = (form.data.get("page") or "front").partition("/")
    page = live_page(actor, case_id, PageKind(kind) if kind in set(PageKind) else PageKind.FRONT, ref)
    return render(request, "review/live.html", live_frame(actor, page, redact=form), status=422)


@require_POST
def reply_to_thread(request: HttpRequest, case_id: UUID, thread_id: UUID) -> HttpResponse:
    """Answer somebody outside."""
    actor = actor_of(request)
    form = BodyForm(request.POST)
    page = request.POST.get("page", "front")
    if not form.is_valid():
        live_page(actor, case_id, PageKind.FRONT)  # the 404 for who may not see the case
        messages.error(request, "Write a reply first.")
        return back_to_page(case_id, page)
    try:
        reply(by=actor, case_id=case_id, thread_id=thread_id, body=form.cleaned_data["body"])
    except HeldBack as held:
        context = {"held": held, "body": form.cleaned_data["body"], "page": page, "thread_id": thread_id}
        frame = live_frame(actor, live_page(actor, case_id, PageKind.FRONT))
        return render(request, "review/reply_held.html", {**frame, **context}, status=422)
    messages.success(request, "Sent. The reviewer sees it as a reply from the authors.")
    return back_to_page(case_id, page)
