"""A case with its cast and nothing released, for tests of deciding; with people on every ground and in every state."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from cases.models import Grant, Redaction
from cases.projection import AudienceLens
from cases.roles import Role
from prose.content import plain_text
from prose.shown import ShownText
from review.projection import Composer
from review.snapshot import read_case
from tests.site_client import SiteClient
from tests.world import World, grant_all, import_raw, people, secret_case


def live_world() -> World:
    """The cast; Vik's place is taken by Noor, who decides on privacy alone."""
    users = people()
    world = World(import_raw(secret_case()), users)
    grant_all(world.case_id, users)
    until = timezone.now() + timedelta(days=30)
    Grant.objects.create(
        user=users["Noor"], case_id=world.case_id, role=Role.DECIDER, grounds=["privacy"], why="w", expires_at=until
    )
    return world


def at(world: World, name: str) -> SiteClient:
    return SiteClient("workshop", world.users[name])


def row(world: World, ref: str = "R-WRDS") -> Redaction:
    return Redaction.objects.get(case_id=world.case_id, ref=ref)


def in_state(world: World, state: str, ref: str = "R-WRDS") -> None:
    Redaction.objects.filter(case_id=world.case_id, ref=ref).update(state=state)


def history(world: World, ref: str = "R-WRDS") -> list[tuple[str, str]]:
    names = {user.pk: name for name, user in world.users.items()}
    events = row(world, ref).events.order_by("at").values_list("by_id", "verb")
    return [(names[by], verb) for by, verb in events]


def section_read_by(world: World, audience: str, ref: str = "S-AAAA") -> str:
    """The words of a section as an audience would read them in a release made now."""
    snapshot = read_case(world.case_id)
    page = Composer(snapshot, AudienceLens(snapshot.register, snapshot.audience(audience))).section(ref)
    body = getattr(page.section, "body")  # noqa: B009  # of an open section
    assert isinstance(body, ShownText)
    return plain_text(body.document)
