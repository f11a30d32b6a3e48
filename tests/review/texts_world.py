"""A case whose texts are edited over HTTP, and what an editor sends."""

from __future__ import annotations

import json
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from cases.models import Grant
from cases.roles import Role
from pathways.models import Section
from prose.models import Text
from tests.site_client import SiteClient
from tests.world import World, grant_all, import_raw, people, secret_case


@pytest.fixture
def world(db: None) -> World:
    """The cast and a case, nothing released."""
    ContentType.objects.clear_cache()
    users = people()
    made = World(import_raw(secret_case()), users)
    grant_all(made.case_id, users)
    return made


def client(world: World, name: str | None) -> SiteClient:
    return SiteClient("workshop", world.users[name] if name else None)


def body_of(world: World, ref: str = "S-AAAA") -> Text:
    return Section.objects.select_related("body").get(case_id=world.case_id, ref=ref).body


def path(world: World, text: Text | str, below: str = "", case_id: uuid.UUID | None = None) -> str:
    key = text if isinstance(text, str) else text.key
    return f"/cases/{case_id or world.case_id}/texts/{key}/{below}"


def insert(words: str = "Typed ", at: int = 1) -> dict[str, Any]:
    return {"stepType": "replace", "from": at, "to": at, "slice": {"content": [{"type": "text", "text": words}]}}


def change(*steps: Any, version: Any = 0, operation: str = "") -> dict[str, Any]:
    return {"version": version, "operation": operation or str(uuid.uuid4()), "steps": list(steps)}


def send(world: World, name: str | None, text: Text | str, sent: Any, case_id: uuid.UUID | None = None) -> Any:
    where = path(world, text, "steps/", case_id)
    raw = sent if isinstance(sent, bytes) else json.dumps(sent)
    sender = client(world, name)
    sender.raise_request_exception = False
    return sender.post(where, raw, content_type="application/json")


def refused(world: World, text: Text, *steps: Any, **more: Any) -> str:
    before = Text.objects.get(pk=text.pk)
    answer = send(world, "Ada", text, change(*steps, **more))
    assert answer.status_code == 422, answer.content
    after = Text.objects.get(pk=text.pk)
    assert (after.version, after.log.count()) == (before.version, before.log.count())
    why: str = answer.json()["why"]
    return why


def let_in(world: World, name: str, *roles: Role) -> None:
    """The same person in another case; the organisations have their ceilings already."""
    until = timezone.now() + timedelta(days=1)
    for role in roles:
        Grant.objects.create(user=world.users[name], case_id=world.case_id, role=role, why="w", expires_at=until)
