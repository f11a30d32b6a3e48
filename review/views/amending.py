"""Amending the newest edition of an audience: choose parts, and a release of them is made."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from cases.doors import actor_of
from review.actions.releases import CannotRelease, start_amendment
from review.forms.releases import AmendForm
from review.loaders.releases import AmendDesk, amend_desk
from review.views.releases import frame
from review.views.wake import wake_worker


@require_http_methods(["GET", "HEAD", "POST"])
def amend(request: HttpRequest, case_id: UUID, edition_id: UUID) -> HttpResponse:
    """The parts to choose from; sent, the release of those that were chosen."""
    actor = actor_of(request)
    desk = amend_desk(actor, case_id, edition_id)
    form = _form(desk, request.POST if request.method == "POST" else None, request.GET.getlist("pages"))
    if form.is_valid():
        try:
            release_id = start_amendment(
                by=actor,
                edition_id=edition_id,
                pages=frozenset(form.cleaned_data["pages"]),
                statement=form.cleaned_data.get("statement", ""),
                cold_reader_id=form.cold_reader_id(),
            )
        except CannotRelease as error:
            form.add_error(None, f"Not started: {error}.")
        else:
            wake_worker(release_id)
            return redirect("release", case_id=case_id, release_id=release_id)
    parts = {"desk": desk, "form": form, "chosen": form["pages"].value() or []}
    context = frame(actor, case_id, desk.title, desk.actions, **parts)
    return render(request, "review/amend.html", context, status=422 if form.is_bound else 200)


def _form(desk: AmendDesk, data: QueryDict | None, suggested: list[str]) -> AmendForm:
    return AmendForm(
        data,
        initial={"pages": suggested},
        pages=[(row.page, row.title) for row in (*desk.changed, *desk.same)],
        statement=desk.statement if desk.edition.outward else None,
        audience=desk.edition.audience_name,
        people=desk.cold_readers,
        needs_cold_reader=desk.needs_cold_reader,
    )
