"""Stage of the owner: database, people, the case in both sizes; later, what is said about its editions."""

from __future__ import annotations

import json
from random import Random
from typing import Any
from uuid import UUID

from django.core.management import call_command

from prose.anchors import Span
from review.actions.threads import AUTHORS, words_between
from review.case_file.checking import checked
from review.case_file.reading import read_bytes
from review.case_file.writing import import_case
from review.models import EditionPart, OutsideComment, OutsideThread, Reply, ReplyAuthor
from review.page_texts import text_on_page
from tests.bench.figures import progress
from tests.bench.material import BenchCase, Size, words_in
from tests.bench.people import actor, grant_all, make_people
from tests.bench.state import FACTORS, State
from tests.bench.words import Words


class ToStderr:
    """Where a command may write."""

    def write(self, words: str) -> None:
        """As progress."""
        progress(words.strip())


def prepare(state: State) -> None:
    """Everything up to the first release."""
    call_command("set_up_database", stdout=ToStderr())
    state.people = make_people()
    for factor in FACTORS:
        raw = BenchCase(factor).build()
        case_id = import_case(case_file=checked(read_bytes(json.dumps(raw).encode())))
        grant_all(case_id, state.people)
        state.cases[str(factor)] = str(case_id)
        long = words_in([raw["sections"], raw["pathways"]])
        progress(f"case {factor}x: {words_in(raw)} words, {long} of them in sections and pathways")


def comment(state: State) -> None:
    """Threads of the reviewer on the long pages of both editions, each with two comments and two replies."""
    for factor in FACTORS:
        threads = _threads(state, state.edition(factor), Size(factor).threads)
        OutsideThread.objects.bulk_create(threads)
        rhea, words = state.people["Rhea"], Words(factor)
        for _ in range(2):
            OutsideComment.objects.bulk_create(
                OutsideComment(thread=thread, author_id=rhea, author_name="Rhea", body=words.line(30))
                for thread in threads
            )
            replies = [Reply(thread=thread, role_word=AUTHORS, body=words.line(30)) for thread in threads]
            Reply.objects.bulk_create(replies)
            ReplyAuthor.objects.bulk_create(ReplyAuthor(reply=one, by_id=state.people["Ada"]) for one in replies)


def _threads(state: State, edition_id: UUID, count: int) -> list[OutsideThread]:
    parts = EditionPart.objects.filter(edition_id=edition_id, page__regex="^(sections|pathways)/").order_by("page")
    pages = [(part.page, *_long_text(json.loads(part.content))) for part in parts]
    rhea, chance = actor(state, "Rhea"), Random(count)
    made = []
    for number in range(count):
        page, key, document = pages[number % len(pages)]
        start = int(chance.random() * (document.content_size - 60))
        span = Span(start, start + 40)
        quote = words_between(document, span)
        where: dict[str, Any] = {"page": page, "text_key": key, "start": span.start, "end": span.end, "quote": quote}
        organisation = rhea.organisation_id
        made.append(OutsideThread(edition_id=edition_id, author_id=rhea.id, organisation_id=organisation, **where))
    return made


def _long_text(content: Any) -> tuple[str, Any]:
    part = content.get("section") or content["pathway"]
    key = (part.get("body") or part["argument"])["text"]
    return key, text_on_page(content, key)
