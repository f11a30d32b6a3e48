"""A case in which people write, for tests of looking back: batches through the real authority, at times that a test chooses."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from unittest import mock

from django.utils import timezone

from cases.actions.redactions import redact_words
from cases.actions.writing import write
from cases.redaction.facts import Extent, Ground
from prose.anchors import Span
from prose.content import plain_text
from prose.models import Text
from prose.shown import open_text
from tests.world import World


@contextmanager
def minutes_ago(minutes: float) -> Iterator[None]:
    """What is written inside was written then. The database can't be told otherwise: its log never changes."""
    then = timezone.now() - timedelta(minutes=minutes)
    with mock.patch("django.utils.timezone.now", return_value=then):
        yield


def text_of(world: World, words: str) -> Text:
    """The one text of the case with these words in it."""
    (found,) = (text for text in Text.objects.filter(scope_id=world.case_id) if words in words_of(text, world))
    return found


def words_of(text: Text, world: World) -> str:
    """All words of a text, as the fully cleared read them."""
    from cases.access import full_clearance

    text.refresh_from_db()
    clearance, _ = full_clearance(world.actor("Ada"), world.case_id)
    return plain_text(open_text(text.bound_to(None), clearance).document)


def raw_of(text: Text) -> dict[str, Any]:
    """The stored document, marks and all."""
    import json

    from prose.marked import content_to_json

    text.refresh_from_db()
    out: dict[str, Any] = json.loads(content_to_json(text.content))
    return out


def position(text: Text, words: str) -> int:
    """Where these words begin in the text, as it is stored now."""
    from prose.covering import leaves_between
    from prose.library import read_document
    from prose.schema import TextSchema

    text.refresh_from_db()
    document = read_document(text.content, TextSchema(text.kind))
    together, start, end = "", 0, -1
    for leaf in leaves_between(document, 0, document.content.size):
        if leaf.start != end:
            together, start = "", leaf.start
        together, end = together + leaf.text, leaf.end
        if words in together:
            return start + together.index(words)
    raise AssertionError(words)


def type_over(world: World, name: str, text: Text, old: str, new: str) -> int:
    """Somebody puts other words in the place of some; returns the new version. `old` empty: at the very start of the words."""
    start = position(text, old) if old else (0 if text.kind == "line" else 1)
    slice_ = {"slice": {"content": [{"type": "text", "text": new}]}} if new else {}
    return send(world, name, text, {"stepType": "replace", "from": start, "to": start + len(old), **slice_})


def type_after(world: World, name: str, text: Text, words: str, new: str) -> int:
    """Somebody types behind some words."""
    place = position(text, words) + len(words)
    step = {"stepType": "replace", "from": place, "to": place, "slice": {"content": [{"type": "text", "text": new}]}}
    return send(world, name, text, step)


def send(world: World, name: str, text: Text, *steps: dict[str, Any]) -> int:
    """A batch, as the editor sends it."""
    text.refresh_from_db()
    accepted = write(
        by=world.actor(name),
        case_id=world.case_id,
        text_key=text.key,
        version=text.version,
        operation_id=uuid.uuid4(),
        steps=list(steps),
    )
    text.refresh_from_db()
    return accepted.version


def hide(world: World, name: str, text: Text, words: str) -> str:
    """Somebody hides some words; returns the reference."""
    start = position(text, words)
    hidden = redact_words(
        by=world.actor(name),
        case_id=world.case_id,
        text_key=text.key,
        version=text.version,
        span=Span(start, start + len(words)),
        ground=Ground.SECURITY,
        note="n",
        reason="r",
        extent=Extent.NAME,
    )
    text.refresh_from_db()
    return hidden.ref
