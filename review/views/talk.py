"""What is said inside: the comments page, one thread, saying something, and what becomes of it."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cases.access import Actor
from cases.audit import AuditVerb, record
from cases.doors import actor_of
from cases.roles import Action
from review.actions.talk import CannotBeSaid, accept, go_on, move, say
from review.forms.talk import AcceptForm, FilterForm, GoOnForm, MoveForm, SayForm
from review.forms.words import RedactForm
from review.loaders.live import LivePage, live_page
from review.loaders.talk.desk import TalkDesk, Wanted, talk_of, thread_of
from review.loaders.talk.people import people_of_case
from review.loaders.talk.sayable import SayDesk, sayable
from review.loaders.talk.waiting import for_you
from review.states import PageKind
from review.talk.mentions import Names
from review.talk.states import ThreadKind, ThreadVerb
from review.views.done import done, is_from_editor, refused_in_editor
from review.views.frames import back_to_page, live_frame

SAID = {
    ThreadKind.COMMENT: "Said. It stands beside its words, inside only.",
    ThreadKind.DOUBT: "Your doubt is noted. It stays open until somebody answers it.",
    ThreadKind.QUESTION: "Asked. Your colleague finds it on the first page.",
    ThreadKind.SUGGESTION: "Suggested. The words stay as they are until an author accepts it.",
}
DONE = {
    ThreadVerb.RESOLVED: "Resolved. It is folded away below the others.",
    ThreadVerb.REOPENED: "Open again.",
    ThreadVerb.SUSTAINED: "Sustained. The release check tells of it until it is answered or accepted.",
    ThreadVerb.ANSWERED: "Answered. Whoever doubted it finds your answer on the first page.",
    ThreadVerb.RESIDUAL: "Accepted as residual.",
    ThreadVerb.DOUBTED_AGAIN: "The doubt is open again.",
    ThreadVerb.ACCEPTED: "Accepted. The words stand in the text.",
    ThreadVerb.IN_PART: "Accepted in part. What you ticked stands in the text.",
    ThreadVerb.REJECTED: "Rejected. The words stay as they are.",
    ThreadVerb.WITHDRAWN: "Withdrawn.",
}
NOT_PAGES = ("comments", "said")


@require_safe
def comments(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Everything said, inside and outside, page by page, the newest first."""
    actor = actor_of(request)
    desk = talk_of(actor, case_id)
    record(by=actor, verb=AuditVerb.LIVE_READ, case_id=case_id, target="comments")
    form = FilterForm(request.GET or {"state": "open"}, pages=desk.pages, people=desk.speakers)
    chosen = form.chosen()
    context = {
        "groups": desk.wanted(Wanted(**chosen)),
        "form": form,
        "chosen": chosen,
        "for_you": for_you(actor.id, [case_id]),
        "may_reply": Action.REPLY in desk.actions,
        "page": "comments",
    }
    return render(request, "review/comments.html", {**_frame(actor, desk), **context})


def _frame(actor: Actor, desk: TalkDesk | SayDesk) -> dict[str, object]:
    return {
        "desk": desk,
        "actor": actor,
        "case_id": desk.case_id,
        "case_title": desk.title,
        "actions": desk.actions,
        "may_say": Action.SAY in desk.actions,
        "names": Names(desk.people),
        "place": "threads",
    }


@require_safe
def said(request: HttpRequest, case_id: UUID, thread_id: UUID) -> HttpResponse:
    """One thread inside, on a page of its own; htmx asks for its card alone."""
    actor = actor_of(request)
    record(by=actor, verb=AuditVerb.LIVE_READ, case_id=case_id, target=str(thread_id))
    return _thread(request, actor, case_id, thread_id, request.GET.get("page", "said"))


def _thread(
    request: HttpRequest,
    actor: Actor,
    case_id: UUID,
    thread_id: UUID,
    page: str,
    refused: str = "",
    form: forms.Form | None = None,
) -> HttpResponse:
    desk, row = thread_of(actor, case_id, thread_id)
    context = {**_frame(actor, desk), "row": row, "thread": row.inside, "form": form, "refused": refused, "page": page}
    if request.headers.get("HX-Request") == "true":  # htmx takes the card in every case: what was refused stands in it
        beside = page not in NOT_PAGES
        template = "review/parts/talk.html" if beside else "review/parts/talk_filed.html"
        return render(request, template, context)
    return render(request, "review/said.html", context, status=422 if refused else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def speak(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Say something about selected words, or about an object from a page of its own."""
    actor = actor_of(request)
    if request.method != "POST":
        return _say_page(request, actor, case_id, request.GET.get("about", ""))
    people = people_of_case(case_id)
    form = SayForm(request.POST, people=people, me=actor.id)
    if not form.is_valid():
        return _say_again(request, actor, case_id, form)
    data = form.cleaned_data
    kind = ThreadKind(data["kind"])
    try:
        thread_id = say(
            by=actor,
            case_id=case_id,
            about=form.subject(),
            kind=kind,
            body=data["body"],
            to_id=UUID(data["to"]) if data["to"] else None,
            wording=data["wording"],
        )
    except CannotBeSaid as error:
        form.add_error(error.field, _sentence(error))
        return _say_again(request, actor, case_id, form)
    return done(request, SAID[kind], _back(case_id, data["page"], thread_id), ref=str(thread_id))


def _say_page(request: HttpRequest, actor: Actor, case_id: UUID, ref: str, form: SayForm | None = None) -> HttpResponse:
    desk = sayable(actor, case_id, ref)
    record(by=actor, verb=AuditVerb.LIVE_READ, case_id=case_id, target=desk.ref)
    blank = form or SayForm(initial={"page": desk.page}, people=desk.people, me=actor.id, things=desk.choices)
    context = {**_frame(actor, desk), "form": blank}
    return render(request, "review/say.html", context, status=422 if form else 200)


def _say_again(request: HttpRequest, actor: Actor, case_id: UUID, form: SayForm) -> HttpResponse:
    """The same page with everything typed kept."""
    about = form.data.get("about", "")
    if not form.data.get("text") and about and not is_from_editor(request):
        desk = sayable(actor, case_id, about)
        again = SayForm(request.POST, people=desk.people, me=actor.id, things=desk.choices)
        again.is_valid()
        for field, errors in form.errors.items():
            if field not in again.errors:
                again.add_error(None if field == "__all__" or field not in again.fields else field, list(errors))
        return _say_page(request, actor, case_id, about, again)
    page = _page_of(actor, case_id, form.data.get("page") or "front")
    if Action.SAY not in page.actions:
        raise Http404
    if is_from_editor(request):
        return refused_in_editor(form)
    return render(request, "review/live.html", live_frame(actor, page, redact=RedactForm(), say=form), status=422)


def _page_of(actor: Actor, case_id: UUID, name: str) -> LivePage:
    """The page on which the words were selected; the front where that is gone, so that what was typed is not."""
    kind, _, ref = name.partition("/")
    try:
        return live_page(actor, case_id, PageKind(kind) if kind in set(PageKind) else PageKind.FRONT, ref)
    except Http404:
        return live_page(actor, case_id, PageKind.FRONT)


def _sentence(error: CannotBeSaid) -> str:
    return f"{error.why[0].upper()}{error.why[1:].rstrip('.')}."


def _back(case_id: UUID, page: str, thread_id: UUID) -> HttpResponse:
    """To where somebody was, at the thread."""
    if page == "said":
        return HttpResponseRedirect(reverse("said", kwargs={"case_id": case_id, "thread_id": thread_id}))
    return HttpResponseRedirect(f"{back_to_page(case_id, page).headers['Location']}#thread-{thread_id}")


@require_POST
def act(request: HttpRequest, case_id: UUID, thread_id: UUID, act: str) -> HttpResponse:
    """Go on with a thread, accept a suggestion, or move the thread on."""
    actor = actor_of(request)
    if act not in ACTS:
        raise Http404
    maker, do = ACTS[act]
    form, page = maker(request.POST), request.POST.get("page", "said")
    try:
        sentence = do(actor, case_id, thread_id, form) if form.is_valid() else ""
    except CannotBeSaid as error:
        form.add_error(error.field if error.field in form.fields else None, _sentence(error))
    if form.errors:
        if is_from_editor(request):
            thread_of(actor, case_id, thread_id)  # the 404 for who may not see it
            return refused_in_editor(form)
        return _thread(request, actor, case_id, thread_id, page, act, form)
    if request.headers.get("HX-Request") == "true":
        return _thread(request, actor, case_id, thread_id, page)
    return done(request, sentence, _back(case_id, page, thread_id), ref=str(thread_id))


Doer = Callable[[Actor, UUID, UUID, forms.Form], str]


def _go_on(by: Actor, case_id: UUID, thread_id: UUID, form: forms.Form) -> str:
    go_on(by=by, case_id=case_id, thread_id=thread_id, body=form.cleaned_data["body"])
    return "Said."


def _accept(by: Actor, case_id: UUID, thread_id: UUID, form: forms.Form) -> str:
    chosen = frozenset(form.cleaned_data["chosen"])
    verb = accept(by=by, case_id=case_id, thread_id=thread_id, chosen=chosen, why=form.cleaned_data["why"])
    return DONE[verb]


def _moving(verb: ThreadVerb) -> Doer:
    def do(by: Actor, case_id: UUID, thread_id: UUID, form: forms.Form) -> str:
        move(by=by, case_id=case_id, thread_id=thread_id, verb=verb, why=form.cleaned_data["why"])
        return DONE[verb]

    return do


ACTS: dict[str, tuple[type[forms.Form], Doer]] = {
    "reply": (GoOnForm, _go_on),
    "accept": (AcceptForm, _accept),
    **{
        verb.value.replace("_", "-"): (MoveForm, _moving(verb))
        for verb in ThreadVerb
        if verb not in (ThreadVerb.ACCEPTED, ThreadVerb.IN_PART)
    },
}
