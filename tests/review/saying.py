"""Helpers of the tests about what is said inside: a small case, its texts, words selected in them, and edits by others."""

from __future__ import annotations

import uuid
from typing import Any
from uuid import UUID

from django.db import transaction
from prosemirror.model import Fragment, Slice
from prosemirror.transform import ReplaceStep

from cases.models import Redaction
from prose.actions import accept_steps
from prose.anchors import Span
from prose.marked import parsed
from prose.models import Text
from prose.nodes import Node
from prose.schema import TextSchema, schema_for
from review.actions.talk import say
from review.loaders.talk.desk import Filed, thread_of
from review.loaders.talk.threads import TalkThread, inside_threads
from review.talk.about import AboutWords
from review.talk.atoms import atoms_of, said
from review.talk.states import ThreadKind
from tests.case_builder import CaseBuilder
from tests.world import World, grant_all, import_raw, people

BODY = "First 🔒 plain words. [[R-AAAA HALDEN keeps]] the keys {C-AAAA} and after.\n\nA second paragraph."


def small_case() -> dict[str, Any]:
    """One section with hidden words, a pathway on two claims, evidence."""
    case = CaseBuilder()
    case.redaction("R-AAAA")
    case.section("S-AAAA", "Scope", BODY)
    case.pathway("P-AAAA", "Leaks", "An argument {C-AAAA}.")
    case.claim("C-AAAA", "Egress is capped at ten.")
    case.claim("C-BBBB", "Nobody reads the log.")
    case.support("L-AAAA", "P-AAAA", "C-AAAA")
    case.evidence("E-AAAA", "A drill")
    case.bearing("B-AAAA", "E-AAAA", "C-AAAA")
    return case.file


def small_world() -> World:
    """The case with the cast; nothing was released."""
    users = people()
    world = World(import_raw(small_case()), users)
    grant_all(world.case_id, users)
    return world


def text_of(world: World, model: Any, name: str, ref: str) -> Text:
    """A text of an object, fresh from the database."""
    row = model.objects.get(case_id=world.case_id, ref=ref)
    return Text.objects.get(pk=getattr(row, f"{name}_id"))


def find(document: Node, words: str) -> Span:
    """Where those words stand, the first time."""
    atoms = atoms_of(document, Span(0, document.content_size))
    for first in range(len(atoms)):
        for last in range(first, len(atoms)):
            read = said(atoms[first : last + 1])
            if read == words:
                return Span(atoms[first].start, atoms[last].end)
            if not words.startswith(read):
                break
    raise AssertionError(f"{words!r} stands nowhere in {said(atoms)!r}")


def select(text: Text, words: str) -> AboutWords:
    """Those words, as somebody selects them now."""
    return AboutWords(text.key, text.version, find(parsed(text.content), words))


def speak(world: World, name: str, about: AboutWords | str, kind: str = "comment", **more: Any) -> UUID:
    """Somebody of the cast says something."""
    more.setdefault("body", "Why?")
    return say(by=world.actor(name), case_id=world.case_id, about=about, kind=ThreadKind(kind), **more)


def shown(world: World, thread_id: UUID, name: str = "Ada") -> TalkThread:
    """The thread as somebody sees it."""
    inside = filed(world, thread_id, name).inside
    assert inside is not None
    return inside


def filed(world: World, thread_id: UUID, name: str = "Ada") -> Filed:
    """The thread on the comments page."""
    return thread_of(world.actor(name), world.case_id, thread_id)[1]


def threads(world: World, name: str = "Ada") -> tuple[TalkThread, ...]:
    """All threads as somebody may act on them."""
    from cases.access import actions_of

    actor = world.actor(name)
    return inside_threads(world.case_id, actor.id, actions_of(actor, world.case_id))


def words_of(world: World, thread: TalkThread) -> str:
    """The words at which a thread stands now."""
    text = Text.objects.get(scope_id=world.case_id, key=thread.text_key)
    return said(atoms_of(parsed(text.content), Span(thread.start, thread.end)))


def reads(text: Text) -> str:
    """A text as it reads now."""
    fresh = Text.objects.get(pk=text.pk)
    document = parsed(fresh.content)
    return said(atoms_of(document, Span(0, document.content_size))).strip()


@transaction.atomic
def edit(world: World, text: Text, words: str, instead: str, name: str = "Jun") -> None:
    """Somebody types other words in the place of these."""
    fresh = Text.objects.get(pk=text.pk)
    span = find(parsed(fresh.content), words)
    schema = schema_for(TextSchema(fresh.kind))
    put = Slice(Fragment.from_(schema.text(instead)), 0, 0) if instead else Slice.empty
    accept_steps(
        scope_id=world.case_id,
        key=fresh.key,
        version=fresh.version,
        operation_id=uuid.uuid4(),
        steps=[ReplaceStep(span.start, span.end, put).to_json()],
        by_id=world.users[name].pk,
        known=frozenset(Redaction.objects.filter(case_id=world.case_id).values_list("ref", flat=True)),
    )
