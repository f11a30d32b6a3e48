"""The editor's door: a text, what was done to it since, what somebody does to it now, and how its page shows it."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from cases.access import Actor
from cases.audit import AuditVerb, record
from cases.doors import actor_of
from prose.actions import BadSteps, Batch, Stale
from prose.guard import MAX_BYTES
from prose.nodes import Json
from review.actions.writing import write_text
from review.loaders.texts import html_of, steps_since, text_of

HIGHEST = 2**31 - 1
TOO_LARGE = f"This change is larger than {MAX_BYTES // 1024} KiB: paste it in parts."
NOT_A_CHANGE = "This is not a change to a text."


@require_safe
def text(request: HttpRequest, case_id: UUID, key: str) -> JsonResponse:
    """One text with its marks, to be edited."""
    actor = actor_of(request)
    found = text_of(actor, case_id, key)
    _record_reading(actor, case_id, key)
    return JsonResponse(
        {
            "key": found.key,
            "kind": found.kind,
            "version": found.version,
            "name": found.name,
            "may_write": found.may_write,
            "content": found.content,
        }
    )


@require_safe
def html(request: HttpRequest, case_id: UUID, key: str) -> JsonResponse:
    """One text as it stands on a live page."""
    actor = actor_of(request)
    found = html_of(actor, case_id, key, request.GET.get("page", ""))
    _record_reading(actor, case_id, key)
    return JsonResponse({"version": found.version, "html": found.html})


@require_http_methods(["GET", "HEAD", "POST"])
def steps(request: HttpRequest, case_id: UUID, key: str) -> JsonResponse:
    """What was done since a version; or, sent, what somebody does at one."""
    actor = actor_of(request)
    if request.method == "POST":
        return _take(request, actor, case_id, key)
    version, batches = steps_since(actor, case_id, key, _since(request.GET.get("since", "")))
    _record_reading(actor, case_id, key)
    return JsonResponse(_went_on(version, batches))


def _since(given: str) -> int:
    """The version asked for; all there is for what is no version."""
    return min(int(given), HIGHEST) if given.isascii() and given.isdigit() and len(given) <= len(str(HIGHEST)) else 0


def _take(request: HttpRequest, actor: Actor, case_id: UUID, key: str) -> JsonResponse:
    try:
        version, operation, sent = _change(request)
        accepted = write_text(
            by=actor, case_id=case_id, text_key=key, version=version, operation_id=operation, steps=sent
        )
    except TooLarge:
        return JsonResponse({"why": TOO_LARGE}, status=413)
    except BadSteps as bad:
        return JsonResponse({"why": bad.why}, status=422)
    except Stale as stale:
        return JsonResponse(_went_on(stale.version, stale.batches), status=409)
    return JsonResponse(_went_on(accepted.version, accepted.batches))


class TooLarge(Exception):
    """More bytes came than any change has."""


def _change(request: HttpRequest) -> tuple[int, UUID, Json]:
    """Version, operation and steps of a request's body. Raises TooLarge, BadSteps."""
    if request.content_type != "application/json":
        raise BadSteps(NOT_A_CHANGE)
    body = request.read(MAX_BYTES + 1)
    if len(body) > MAX_BYTES:
        raise TooLarge
    try:
        raw = json.loads(body)
        operation = UUID(raw["operation"])
        version, sent = raw["version"], raw["steps"]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise BadSteps(NOT_A_CHANGE) from error
    if type(version) is not int or not 0 <= version <= HIGHEST:  # a bool is an int, and no version
        raise BadSteps(NOT_A_CHANGE)
    return version, operation, sent


def _went_on(version: int, batches: tuple[Batch, ...]) -> dict[str, Any]:
    rows = [
        {"version": one.version, "operation": str(one.operation_id), "by": str(one.by_id), "steps": one.steps}
        for one in batches
    ]
    return {"version": version, "batches": rows}


_read: set[tuple[UUID, UUID, str]] = set()
_read_in: list[datetime] = []


def _record_reading(actor: Actor, case_id: UUID, key: str) -> None:
    """Into the trail, once an hour for each person and text: a page asks again whenever somebody writes."""
    hour = timezone.now().replace(minute=0, second=0, microsecond=0)
    if _read_in != [hour]:
        _read.clear()
        _read_in[:] = [hour]
    if (actor.id, case_id, key) not in _read:
        record(by=actor, verb=AuditVerb.LIVE_READ, case_id=case_id, target=key)
        _read.add((actor.id, case_id, key))
