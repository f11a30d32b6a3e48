"""The answer after an act: a page with a sentence, or the same sentence for the editor, which stays where it is."""

from __future__ import annotations

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, JsonResponse

FROM_EDITOR = "X-Editor"


def is_from_editor(request: HttpRequest) -> bool:
    """Whether the editor asks: it takes JSON and does not leave the page."""
    return request.headers.get(FROM_EDITOR) == "1"


def done(request: HttpRequest, sentence: str, way_on: HttpResponse, **facts: str | int) -> HttpResponse:
    """It was done: say so and go on. The editor gets the sentence and those facts (`ref`, `version`)."""
    if is_from_editor(request):
        return JsonResponse({"sentence": sentence, **facts})
    messages.success(request, sentence)
    return way_on


def refused_in_editor(form: Form) -> JsonResponse:
    """What is wrong with the form, for the editor to show beside its fields: 422, field (or nothing) → sentences."""
    errors = {
        ("" if name == "__all__" else name): [str(error) for error in found] for name, found in form.errors.items()
    }
    return JsonResponse({"errors": errors}, status=422)
