"""What the editor asks for beside the texts themselves: what marks say, and figures that are dropped into a text."""

from __future__ import annotations

from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from cases.access import require
from cases.actions.files import add_file
from cases.doors import actor_of
from cases.figures import MOST_BYTES, BadFigure
from cases.roles import Action
from review.loaders.marks import marks_of

ROOM = 64 * 1024  # for what a form says beside its file


@require_safe
def marks(request: HttpRequest, case_id: UUID) -> JsonResponse:
    """What each redaction's mark says: label, state, and where it is told in full."""
    base = reverse("live", kwargs={"case_id": case_id})
    found = marks_of(actor_of(request), case_id, base)
    rows = {ref: {"label": tag.label, "state": tag.state, "address": tag.address} for ref, tag in found.items()}
    return JsonResponse({"marks": rows})


@require_POST
def add_picture(request: HttpRequest, case_id: UUID) -> JsonResponse:
    """Take a file as a figure of the case; its key, or a sentence that says what is wrong with it."""
    actor = actor_of(request)
    require(actor, Action.WRITE, case_id)
    upload = request.FILES.get("file")
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES + ROOM:  # what is far too large is not even read
        return _refused(f"a figure may have {MOST_BYTES // 1024**2} MB at most; save it smaller")
    if not isinstance(upload, UploadedFile):
        return _refused("choose a file first")
    try:
        key = add_file(by=actor, case_id=case_id, data=upload.read())
    except BadFigure as error:
        return _refused(str(error))
    return JsonResponse({"key": key}, status=201)


def _refused(why: str) -> JsonResponse:
    return JsonResponse({"why": f"{why[0].upper()}{why[1:]}."}, status=422)
