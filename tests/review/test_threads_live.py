"""A comment made on an edition stands at the same words of the live text, whatever was done to it since."""

from __future__ import annotations

import json
import uuid

import pytest
from prosemirror.model import Node as LibraryNode
from prosemirror.transform import Step as LibraryStep

from cases.actions.redactions import redact_words
from cases.redaction.facts import Extent, Ground
from pathways.models import Section
from prose.anchors import Span
from prose.marked import MarkedContent, content_to_json, parsed
from prose.models import Step, Text
from prose.schema import TextSchema, schema_for
from prose.versions import Moves, maps_since
from review.actions.threads import open_thread, words_between
from review.loaders.live_threads import LiveThread, live_threads
from review.models import Edition, EditionPart, PreparedMap
from review.page_texts import text_on_page
from tests.case_builder import CaseBuilder
from tests.site_client import SiteClient
from tests.world import World, grant_all, import_raw, people, release

pytestmark = pytest.mark.django_db
SECRET = "HALDEN keeps"
BODY = f"First 🔒 plain words. [[R-AAAA {SECRET}]] then [[R-BBBB shown to some]] and after.\n\nA second paragraph."
STATEMENTS = {
    "external_reviewer": "Withheld under a legal duty.",
    "public": "Withheld under a legal duty and for security.",
}
PAGE = "sections/S-AAAA"


@pytest.fixture
def world() -> World:
    """One section with a run hidden from both outward audiences, and one from Public only; released to both."""
    case = CaseBuilder()
    case.redaction("R-AAAA")
    case.redaction("R-BBBB", ground="security")
    case.section("S-AAAA", "Scope", BODY)
    users = people()
    world = World(import_raw(case.file), users)
    grant_all(world.case_id, users)
    release(world, STATEMENTS)
    return world


def text(world: World) -> Text:
    return Text.objects.get(pk=Section.objects.get(case_id=world.case_id).body_id)


def comment(world: World, words: str, audience: str = "external_reviewer", name: str = "Rhea") -> None:
    """On those words, or on the first bar."""
    part = EditionPart.objects.get(edition_id=world.editions[audience], page=PAGE)
    document = text_on_page(json.loads(part.content), text(world).key)
    assert document is not None
    spans = (Span(a, b) for a in range(document.content_size) for b in range(a + 1, document.content_size + 1))
    found = [span for span in spans if words_between(document, span) == words]
    span = min(found, key=lambda span: span.end - span.start)
    open_thread(
        by=world.actor(name),
        edition_id=world.editions[audience],
        page=PAGE,
        text_key=text(world).key,
        span=span,
        body="?",
    )


def live(world: World) -> LiveThread:
    (thread,) = live_threads(world.case_id)
    return thread


def live_words(world: World) -> str:
    found = live(world)
    return words_between(parsed(text(world).content), Span(found.start, found.end))


def edit(world: World, start: int, end: int, words: str) -> None:
    """An author types, as the editor of a later issue will: normalised steps in the log, content and version with them."""
    row, schema = text(world), schema_for(TextSchema.BODY)
    content = {"content": [{"type": "text", "text": words}]} if words else None
    raw = {"stepType": "replace", "from": start, "to": end, **({"slice": content} if content else {})}
    document = LibraryNode.from_json(schema, json.loads(content_to_json(row.content)))
    result = LibraryStep.from_json(schema, raw).apply(document)
    assert result.doc is not None, result.failed
    row.content, row.version = MarkedContent(json.dumps(result.doc.to_json())), row.version + 1
    row.save()
    steps = MarkedContent(json.dumps([raw]))
    Step.objects.create(
        text=row, version=row.version, operation_id=uuid.uuid4(), by_id=world.users["Ada"].pk, steps=steps
    )


def mark(world: World, start: int, end: int) -> None:
    redact_words(
        by=world.actor("Ada"),
        case_id=world.case_id,
        text_key=text(world).key,
        version=text(world).version,
        span=Span(start, end),
        ground=Ground.SECURITY,
        note="n",
        reason="r",
        extent=Extent.NAME,
    )


QUOTES = [
    ("plain words", "external_reviewer", "Rhea", "plain words"),
    ("plain", "public", "Omar", "plain"),
    ("[withheld]", "external_reviewer", "Rhea", SECRET),
    ("[withheld] then", "external_reviewer", "Rhea", f"{SECRET} then"),
    ("then [withheld] and", "public", "Omar", "then shown to some and"),
    ("shown to", "external_reviewer", "Rhea", "shown to"),
    ("after. A second", "external_reviewer", "Rhea", "after. A second"),
]


@pytest.mark.parametrize(("quote", "audience", "name", "words"), QUOTES)
def test_comment_stands_at_the_live_words_and_one_on_a_bar_at_the_whole_run(world, quote, audience, name, words):
    comment(world, quote, audience, name)
    assert (live(world).quote, live_words(world)) == (quote, words)


@pytest.mark.parametrize(("quote", "audience", "name", "words"), QUOTES)
def test_it_stands_there_after_marking_and_typing(world, quote, audience, name, words):
    comment(world, quote, audience, name)
    mark(world, 2, 6)
    assert live_words(world) == words
    edit(world, 1, 1, "Typed before. ")
    assert live_words(world) == words
    mark(world, 1, 30)
    edit(world, 1, 7, "")
    size = parsed(text(world).content).content_size
    edit(world, size - 1, size - 1, " Typed after.")
    assert live_words(world) == words
    assert text(world).version == 5


def test_words_typed_into_the_quoted_ones_belong_to_them_and_around_them_do_not(world):
    comment(world, "plain words")
    start = live(world).start
    edit(world, start, start, "very ")
    assert live_words(world) == "plain words"
    edit(world, live(world).end, live(world).end, "y")
    assert live_words(world) == "plain words"
    edit(world, live(world).start + 5, live(world).start + 5, "er")
    assert live_words(world) == "plainer words"


def test_comment_whose_words_are_gone_says_so_and_keeps_the_quote(world):
    comment(world, "plain words")
    edit(world, live(world).start - 1, live(world).end + 1, "")
    found = live(world)
    assert (found.start, found.quote) == (found.end, "plain words")
    page = SiteClient("workshop", world.users["Jun"]).get(f"/cases/{world.case_id}/{PAGE}/").content.decode()
    assert 'class="note gone"' in page
    assert "plain words</a></q>" in page


def test_page_puts_the_comment_at_the_live_positions(world):
    comment(world, "[withheld]")
    edit(world, 1, 1, "Typed before. ")
    found = live(world)
    page = SiteClient("workshop", world.users["Jun"]).get(f"/cases/{world.case_id}/{PAGE}/").content.decode()
    assert f'data-text="{found.text_key}" data-from="{found.start}" data-to="{found.end}"' in page
    assert "External reviewer, edition 1" in page


def test_each_comment_goes_through_the_map_of_its_own_edition(world):
    """Two audiences, two maps; then a second edition from another version of the text."""
    comment(world, "[withheld]", "public", "Omar")
    edit(world, 1, 1, "Typed before. ")
    release(world, {key: f"{words} And more." for key, words in STATEMENTS.items()})
    comment(world, "and after", "external_reviewer")
    edit(world, 1, 7, "")
    first, second = live_threads(world.case_id)
    document = parsed(text(world).content)
    assert words_between(document, Span(first.start, first.end)) == SECRET
    assert words_between(document, Span(second.start, second.end)) == "and after"
    assert (first.edition, second.edition) == ("Public, edition 1", "External reviewer, edition 2")
    versions = PreparedMap.objects.filter(text_key=text(world).key).values_list("version", flat=True).distinct()
    assert (sorted(versions), Edition.objects.count()) == ([0, 1], 4)


def test_each_step_is_read_once_however_often_threads_are_looked_at(world, monkeypatch):
    comment(world, "plain words")
    comment(world, "and after")
    read: list[int] = []

    def looked(scope_id: uuid.UUID, versions: dict[str, int]) -> dict[str, Moves]:
        found = maps_since(scope_id, versions)
        read.append(sum(len(moves) for moves in found.values()))
        return found

    monkeypatch.setattr("review.loaders.live_threads.maps_since", looked)
    for number in (1, 3, 1):
        for _ in range(number):
            edit(world, 1, 1, "x ")
        live_threads(world.case_id)
    live_threads(world.case_id)
    comment(world, "plain words")  # one that nobody carried yet begins at its edition
    found = live_threads(world.case_id)
    assert read == [1, 3, 1, 0, 5]
    document = parsed(text(world).content)
    assert [words_between(document, Span(one.start, one.end)) for one in found] == [
        "plain words",
        "and after",
        "plain words",
    ]


def test_hidden_words_of_the_run_stay_inside(world):
    comment(world, "[withheld]")
    rhea = SiteClient("reading_room", world.users["Rhea"])
    body = rhea.get(f"/editions/{world.editions['external_reviewer']}/{PAGE}/").content.decode()
    assert "HALDEN" not in body
    assert "[withheld]" in body
