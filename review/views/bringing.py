"""Starting from what exists: a document is brought, its parts are placed, it is imported; and the case goes out as Markdown."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cases.audit import AuditVerb, record
from cases.doors import actor_of
from review.actions.bringing import bring_in, drop_draft, keep_draft
from review.bringing.faults import CannotBring, CannotRead
from review.bringing.reading import MOST_BYTES, TOO_BIG
from review.forms.bringing import DocumentForm, columns_in, places_in
from review.loaders.bringing.drafts import desk_of, draft_picture, opened_draft
from review.loaders.bringing.exporting import case_as_markdown, file_name
from review.loaders.bringing.made import made_rows
from review.loaders.bringing.placing import placing_of, same_places
from review.views.pictures import LIVE, picture

MADE: Final = "imported"  # in the session: what the last import made, references alone


@require_http_methods(["GET", "HEAD", "POST"])
def documents(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Bring a document, go on with one that waits, take the case out."""
    actor = actor_of(request)
    desk = desk_of(actor, case_id)
    form = DocumentForm(request.POST, request.FILES) if request.method == "POST" else DocumentForm()
    if request.method == "POST":
        try:
            if form.is_valid():
                upload = form.cleaned_data["file"]
                kept = keep_draft(by=actor, case_id=case_id, name=upload.name, data=upload.read())
                return redirect("place_document", case_id, kept)
            _too_big(request)
        except CannotRead as refused:
            form.errors.pop("file", None)
            form.add_error("file", str(refused))
    context = {"desk": desk, "form": form, **_frame(actor, case_id, desk.title, desk.actions)}
    return render(request, "review/documents.html", context, status=422 if form.errors else 200)


def _too_big(request: HttpRequest) -> None:
    """What is too big never becomes a file: nobody reads it."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
        raise CannotRead(TOO_BIG)


def _frame(actor: object, case_id: UUID, title: str, actions: object) -> dict[str, object]:
    return {"case_id": case_id, "actor": actor, "case_title": title, "actions": actions, "place": "documents"}


@require_http_methods(["GET", "HEAD", "POST"])
def place(request: HttpRequest, case_id: UUID, draft_id: UUID) -> HttpResponse:
    """Where the parts go. Posting looks at other places; it writes nothing."""
    return _placing(request, case_id, draft_id)


def _placing(request: HttpRequest, case_id: UUID, draft_id: UUID, refused: str = "") -> HttpResponse:
    actor = actor_of(request)
    opened = opened_draft(actor, case_id, draft_id)
    places, columns = places_in(request.POST), columns_in(request.POST)
    if request.POST.get("same", "").isdigit():
        places = same_places(opened, places, int(request.POST["same"]))
    context = {
        "opened": opened,
        "draft_id": draft_id,
        "placing": placing_of(opened, places, columns),
        "refused": refused,
        **_frame(actor, case_id, opened.title, opened.actions),
    }
    return render(request, "review/placing.html", context, status=422 if refused else 200)


@require_POST
def bring(request: HttpRequest, case_id: UUID, draft_id: UUID) -> HttpResponse:
    """Import: everything, or nothing and a sentence that says why."""
    actor = actor_of(request)
    try:
        made = bring_in(
            by=actor,
            case_id=case_id,
            draft_id=draft_id,
            places=places_in(request.POST),
            columns=columns_in(request.POST),
        )
    except CannotBring as refused:
        return _placing(request, case_id, draft_id, str(refused))
    request.session[MADE] = {
        "case": str(case_id),
        "refs": list(made.refs),
        "filled": list(made.filled),
        "counts": [made.links, made.comments, made.left_out],
    }
    return redirect("imported", case_id)


@require_POST
def drop(request: HttpRequest, case_id: UUID, draft_id: UUID) -> HttpResponse:
    """Forget a document."""
    drop_draft(by=actor_of(request), case_id=case_id, draft_id=draft_id)
    return redirect("documents", case_id)


@require_safe
def imported(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """What the last import of this session made."""
    actor = actor_of(request)
    desk = desk_of(actor, case_id)
    made = request.session.get(MADE, {})
    if made.get("case") != str(case_id):
        return HttpResponseRedirect(reverse("documents", kwargs={"case_id": case_id}))
    links, comments, left_out = made["counts"]
    context = {
        "groups": made_rows(actor, case_id, made["refs"]),
        "filled": made["filled"],
        "links": links,
        "comments": comments,
        "left_out": left_out,
        **_frame(actor, case_id, desk.title, desk.actions),
    }
    return render(request, "review/imported.html", context)


@require_safe
def draft_figure(request: HttpRequest, case_id: UUID, draft_id: UUID, key: str) -> HttpResponse:
    """A picture of a document that waits."""
    return picture(draft_picture(actor_of(request), case_id, draft_id, key), LIVE)


@require_safe
def export(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The whole live case as Markdown, hidden words included: for those who read all of it anyway."""
    actor = actor_of(request)
    written = case_as_markdown(actor, case_id)
    record(by=actor, verb=AuditVerb.CASE_EXPORTED, case_id=case_id, target="markdown")
    headers = {
        "Content-Disposition": f'attachment; filename="{file_name(case_id)}"',
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(written, content_type="text/markdown; charset=utf-8", headers=headers)
