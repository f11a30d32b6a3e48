"""Steps that an editor sends become the next version: the log, anchors, checkpoints, repeated and stale batches, refusals."""

from __future__ import annotations

import json
import select
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from prosemirror.model import Node as LibraryNode
from prosemirror.transform import AddMarkStep, RemoveMarkStep, ReplaceStep
from prosemirror.transform import Step as LibraryStep

from prose.actions import (
    Accepted,
    BadSteps,
    Stale,
    accept_steps,
    batches_since,
    create_text,
    edit_text,
    mark_words,
    unmark_words,
)
from prose.actions.log import CHECKPOINT_EVERY
from prose.anchors import Span
from prose.content import plain_text
from prose.marked import content_to_json, parsed
from prose.models import Anchor, Step, Text, Why
from prose.schema import TEXT_KEY, TextSchema, schema_for
from prose.versions import NoSuchVersion, content_at
from tests.prose.hostile_steps import marking, put
from tests.prose.test_covering import typed
from tests.prose.test_marking import BODY, IMAGE, content_of, node, p, words

WHO, OTHER = uuid4(), uuid4()
KNOWN = frozenset({"R-AAAA"})


@pytest.fixture
def text(db: None) -> Text:
    """`one two three` at version 0, `two` from 5 to 8."""
    content = content_of(node("doc", p("one ", words("two", "R-AAAA"), " three")))
    return Text.objects.create(scope_id=uuid4(), key="t-aaaaaaaaaaaaaaaa", kind=BODY, content=content)


def insert(at: int, said: str) -> dict[str, Any]:
    return put(words(said), start=at, to=at)


def send(text: Text, version: int, *steps: Any, operation: UUID | None = None, by: UUID = WHO, **more: Any) -> Accepted:
    return accept_steps(
        scope_id=text.scope_id,
        key=text.key,
        version=version,
        operation_id=operation or uuid4(),
        steps=list(steps),
        by_id=by,
        known=KNOWN,
        **more,
    )


def reads(text: Text) -> str:
    text.refresh_from_db()
    return plain_text(parsed(text.content))


def test_accepted_batch_is_the_next_version_and_stands_in_the_log(text: Text) -> None:
    before, operation = timezone.now(), uuid4()
    accepted = send(text, 0, insert(1, "An "), insert(11, "x"), operation=operation)
    assert reads(text) == "An one twox three"
    assert (accepted.version, text.version, accepted.again) == (1, 1, False)
    (batch,) = accepted.batches
    assert (batch.version, batch.operation_id, batch.by_id, batch.why) == (1, operation, WHO, Why.WRITTEN)
    assert before <= batch.at <= timezone.now()
    mark = marking("redaction", 11, 12, ref="R-AAAA")
    assert batch.steps == [insert(1, "An "), insert(11, "x"), mark]
    assert batches_since(text.scope_id, text.key, 0) == (batch,)
    assert batches_since(text.scope_id, text.key, 1) == ()


def test_stale_batch_is_told_what_came_between(text: Text) -> None:
    first = send(text, 0, insert(1, "a"))
    second = send(text, 1, insert(1, "b"), by=OTHER)
    with pytest.raises(Stale) as caught:
        send(text, 0, insert(1, "c"))
    assert (caught.value.version, caught.value.batches) == (2, (*first.batches, *second.batches))
    assert reads(text) == "baone two three"


def test_version_from_the_future_is_refused(text: Text) -> None:
    with pytest.raises(BadSteps, match="load the page again"):
        send(text, 1, insert(1, "a"))
    assert (reads(text), text.version, text.log.count()) == ("one two three", 0, 0)


@pytest.mark.parametrize(
    "steps",
    [
        ["evil"],
        [insert(1, "a"), insert(99, "b")],
        [insert(1, "a"), marking("redaction", 2, 9, ref="R-AAAA")],
        [put(node("figure", IMAGE))],
        [put(p(node("citation", ref="C-AAAA")))],
    ],
)
def test_refused_batch_leaves_nothing(text: Text, steps: Any) -> None:
    anchor = Anchor.objects.create(text=text, start=1, end=4)
    with pytest.raises(BadSteps), transaction.atomic():
        send(text, 0, *steps)
    anchor.refresh_from_db()
    assert (reads(text), text.version, text.log.count(), anchor.start) == ("one two three", 0, 0, 1)


def test_pictures_and_references_are_looked_up_where_steps_bring_some(text: Text) -> None:
    asked: list[frozenset[str]] = []

    def there(keys: frozenset[str]) -> frozenset[str]:
        asked.append(keys)
        return keys

    send(text, 0, insert(1, "a"), files=there, refs=there)
    assert asked == []
    send(text, 1, put(node("figure", IMAGE), p(node("citation", ref="C-AAAA"))), files=there, refs=there)
    assert asked == [{"f-aaaaaaaaaaaaaaaa"}, {"C-AAAA"}]


def test_same_operation_again_is_acknowledged_and_not_applied(text: Text) -> None:
    operation = uuid4()
    first = send(text, 0, insert(1, "a"), operation=operation)
    again = send(text, 0, insert(1, "a"), operation=operation)
    assert (again.version, again.batches, again.again) == (first.version, first.batches, True)
    other = send(text, 1, insert(1, "b"), by=OTHER)
    late = send(text, 0, insert(1, "a"), operation=operation)
    assert (late.version, late.batches) == (2, (*first.batches, *other.batches))
    seen = send(text, 1, insert(1, "a"), operation=operation)
    assert (seen.version, seen.batches) == (2, other.batches)
    assert reads(text) == "baone two three"


def test_operation_of_somebody_else_or_with_other_steps_changes_nothing(text: Text) -> None:
    operation = uuid4()
    send(text, 0, insert(1, "a"), operation=operation)
    assert send(text, 1, insert(1, "b"), operation=operation, by=OTHER).again
    assert send(text, 1, "evil", operation=operation).again
    assert (reads(text), text.log.get().by_id) == ("aone two three", WHO)


def test_operation_of_another_text_is_one_of_its_own(text: Text) -> None:
    operation = uuid4()
    other = create_text(scope_id=text.scope_id, kind=TextSchema.LINE)
    send(text, 0, insert(1, "a"), operation=operation)
    assert not send(other, 0, insert(0, "b"), operation=operation).again
    assert (reads(text), reads(other)) == ("aone two three", "b")


def test_new_text_is_empty_and_has_a_key_of_its_own(db: None) -> None:
    scope = uuid4()
    made = [create_text(scope_id=scope, kind=kind) for kind in TextSchema for _ in range(2)]
    assert len({one.key for one in made}) == 4
    assert all(TEXT_KEY.fullmatch(one.key) and reads(one) == "" and one.version == 0 for one in made)
    given = create_text(scope_id=scope, kind=TextSchema.LINE, content=node("doc", words("Given")))
    assert reads(given) == "Given"


ANCHORED: dict[str, tuple[Any, tuple[int, int]]] = {
    "before": (insert(1, "xx"), (7, 10)),
    "at the start": (insert(5, "xx"), (7, 10)),
    "inside": (insert(6, "xx"), (5, 10)),
    "at the end": (insert(8, "xx"), (5, 8)),
    "after": (insert(9, "xx"), (5, 8)),
    "its words are gone": ({"stepType": "replace", "from": 4, "to": 9}, (4, 4)),
    "half of them": ({"stepType": "replace", "from": 6, "to": 9}, (5, 6)),
}


@pytest.mark.parametrize("name", ANCHORED)
def test_anchor_is_carried_with_its_words(text: Text, name: str) -> None:
    step, expected = ANCHORED[name]
    anchor = Anchor.objects.create(text=text, start=5, end=8)
    send(text, 0, step)
    anchor.refresh_from_db()
    assert (anchor.start, anchor.end) == expected


def test_anchors_of_other_texts_stay(text: Text) -> None:
    other = create_text(scope_id=text.scope_id, kind=BODY, content=node("doc", p("one two three")))
    anchor = Anchor.objects.create(text=other, start=5, end=8)
    send(text, 0, insert(1, "xx"))
    anchor.refresh_from_db()
    assert (anchor.start, anchor.end) == (5, 8)


def statements(act: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as queries:
        act()
    return len(queries)


def test_number_of_statements_depends_neither_on_anchors_nor_on_the_log(text: Text) -> None:
    send(text, 0, insert(1, "x"))  # with the first checkpoint
    Anchor.objects.create(text=text, start=6, end=9)
    one = statements(lambda: send(text, 1, insert(1, "x")))
    for _ in range(5):
        Anchor.objects.create(text=text, start=6, end=9)
    for version in range(2, 12):
        send(text, version, insert(1, "x"))
    assert statements(lambda: send(text, 12, insert(1, "x"), insert(1, "y"), insert(6, "z"))) == one
    assert one <= 7


def test_marking_and_showing_again_carry_anchors_and_checkpoints_too(text: Text) -> None:
    given = {"scope_id": text.scope_id, "key": text.key, "ref": "R-AAAA", "by_id": WHO}
    anchor = Anchor.objects.create(text=text, start=5, end=8)
    mark_words(**given, version=0, span=Span(1, 4))
    unmark_words(**given, version=1, span=Span(5, 8))
    anchor.refresh_from_db()
    assert (anchor.start, anchor.end) == (5, 8)
    assert [row.why for row in text.log.order_by("version")] == [Why.MARKED, Why.UNMARKED]
    assert list(text.checkpoints.values_list("version", flat=True)) == [0]


def test_every_version_can_be_made_again(text: Text) -> None:
    stored = {0: content_to_json(text.content)}
    for version in range(2 * CHECKPOINT_EVERY + 3):
        steps = [insert(1 + version % 7, "ab "[version % 3])]
        if version % 10 == 9:
            steps.append({"stepType": "replace", "from": 2, "to": 5})
        send(text, version, *steps)
        text.refresh_from_db()
        stored[version + 1] = content_to_json(text.content)
    assert list(text.checkpoints.order_by("version").values_list("version", flat=True)) == [0, 50, 100]
    for version, raw in stored.items():
        assert json.loads(content_to_json(content_at(text, version))) == json.loads(raw), version
    assert statements(lambda: content_at(text, 99)) == 2
    for version in (-1, 2 * CHECKPOINT_EVERY + 4):
        with pytest.raises(NoSuchVersion):
            content_at(text, version)


def test_text_without_a_checkpoint_gets_one_at_its_next_batch(text: Text) -> None:
    Text.objects.filter(pk=text.pk).update(version=7)
    send(text, 7, insert(1, "x"))
    text.refresh_from_db()
    assert plain_text(parsed(content_at(text, 7))) == "one two three"
    with pytest.raises(NoSuchVersion):
        content_at(text, 6)


def edit(text: Text, make: Callable[[LibraryNode], list[LibraryStep]], **more: Any) -> int:
    given = {"scope_id": text.scope_id, "key": text.key, "by_id": WHO, "why": Why.SUGGESTED, "known": KNOWN}
    return edit_text(**given, make=make, **more)


def test_command_edits_the_text_as_it_is_now(text: Text) -> None:
    send(text, 0, insert(1, "An "))
    seen: list[int] = []

    def make(document: LibraryNode) -> list[LibraryStep]:
        seen.append(document.content.size)
        return [typed(11, "x")]

    assert edit(text, make) == 2
    assert (reads(text), seen) == ("An one twox three", [18])
    row = text.log.get(version=2)
    assert (row.why, row.by_id) == (Why.SUGGESTED, WHO)
    assert [leaf.text for leaf in parsed(text.content).leaves() if leaf.refs()] == ["twox"]


def test_command_that_looked_at_an_older_version_is_stale(text: Text) -> None:
    send(text, 0, insert(1, "An "))
    with pytest.raises(Stale):
        edit(text, lambda _: [typed(1, "x")], version=0)
    assert edit(text, lambda _: [typed(1, "x")], version=1) == 2


def test_command_without_steps_stores_nothing(text: Text) -> None:
    assert edit(text, lambda _: []) == 0
    assert (text.log.count(), text.checkpoints.count()) == (0, 0)


def test_command_can_neither_hide_nor_show(text: Text) -> None:
    ref = schema_for(BODY).marks["redaction"].create({"ref": "R-AAAA"})
    for step in (AddMarkStep(1, 4, ref), RemoveMarkStep(5, 8, ref), ReplaceStep(999, 999, typed(1, "x").slice)):
        with pytest.raises(BadSteps):
            edit(text, lambda _, step=step: [step])


@pytest.fixture
def heard(transactional_db: None) -> Iterator[Callable[[], list[str]]]:
    """What another connection hears."""
    listening = connection.copy()
    with listening.cursor() as cursor:
        cursor.execute("listen safetycase")

    def now() -> list[str]:
        select.select([listening.connection], [], [], 0.5)  # the server sends it when it comes to it
        listening.connection.poll()
        said = [one.payload for one in listening.connection.notifies]
        listening.connection.notifies.clear()
        return said

    yield now
    listening.close()


def test_change_is_announced_when_it_is_there_and_never_when_it_is_not(heard: Callable[[], list[str]]) -> None:
    text = create_text(scope_id=uuid4(), kind=TextSchema.LINE, content=node("doc", words("one")))
    with transaction.atomic():
        send(text, 0, insert(1, "a"))
        assert heard() == []
    assert heard() == [f"{text.scope_id}|text|{text.key}|1"]
    with transaction.atomic():
        send(text, 1, insert(1, "a"))
        transaction.set_rollback(True)
    with transaction.atomic():
        send(text, 0, insert(1, "a"), operation=Step.objects.get().operation_id)
    assert heard() == []
