"""A text as its pages show it, asked for by itself: the same bytes, in a number of statements that the case does not raise."""

from __future__ import annotations

import re

import pytest

from cases.roles import Role
from review.loaders.text_owners import names_of_texts
from tests.case_builder import CaseBuilder
from tests.review.test_case_file import full_case
from tests.review.test_pages import statements_for
from tests.review.texts_world import body_of, change, client, insert, let_in, path, send, world
from tests.world import World, import_raw

pytestmark = pytest.mark.django_db
__all__ = ["world"]  # a fixture


def test_since_that_is_no_version_is_answered_with_all_there_is(world):
    text = body_of(world)
    send(world, "Ada", text, change(insert()))
    reader = client(world, "Ada")
    for since in ("", "x", "-1", "1.5", "9" * 30, "\u0663"):
        found = reader.get(path(world, text, "steps/"), {"since": since}).json()
        assert (found["version"], len(found["batches"])) == (1, 1), since
    assert reader.get(path(world, text, "steps/?since=2147483647")).json() == {"version": 1, "batches": []}


ELEMENT = re.compile(r'<(div|span)[^>]* data-text="(t-[a-z0-9]+)"[^>]*>')


def on_page(html: str) -> dict[str, list[str]]:
    """The inside of each element that says which text it is."""
    found: dict[str, list[str]] = {}
    for start in ELEMENT.finditer(html):
        depth, at = 1, start.end()
        while depth:
            tag = re.compile(rf"<(/?){start[1]}\b").search(html, at)
            assert tag is not None
            depth, at = depth + (-1 if tag[1] else 1), tag.end()
        found.setdefault(start[2], []).append(html[start.end() : tag.start()])
    return found


TABLE = re.compile(r'aria-label="Table \d+"')
PAGES = ("", "report/", "register/", "assurances/", "limitations/", "glossary/")


def test_html_of_every_text_is_what_its_pages_show(world):
    case_id = import_raw(full_case("K-FULL"))
    world = World(case_id, world.users)
    let_in(world, "Ada", Role.MANAGER, Role.AUTHOR)
    names = names_of_texts(case_id)
    own = {f"{name.page}/" for name in names.values() if "/" in name.page}
    reader, compared = client(world, "Ada"), 0
    for page in (*PAGES, *sorted(own)):
        response = reader.get(f"/cases/{case_id}/{page}")
        assert response.status_code == 200, page
        for key, insides in on_page(response.content.decode()).items():
            answer = reader.get(path(world, key, "html/"), {"page": page.rstrip("/") or "front"}).json()
            for inside in insides:
                assert TABLE.sub("", answer["html"]) == TABLE.sub("", inside), (page, names[key])
                compared += 1
    assert compared > 80


def test_number_of_statements_does_not_depend_on_the_case(world):
    reader, text = client(world, "Ada"), body_of(world)
    for below in ("", "html/", "html/?page=report", "steps/?since=0"):
        reader.get(path(world, text, below))
        few, _ = statements_for(reader, path(world, text, below))
        assert len(few) <= 12, few
    big = big_case(world)
    for below, most in (("", 8), ("html/", 12), ("html/?page=report", 12), ("steps/?since=0", 6)):
        where = path(big, body_of(big), below)
        reader.get(where)
        many, _ = statements_for(reader, where)
        assert len(many) <= most, many


def big_case(world: World) -> World:
    case = CaseBuilder("K-BGGG")
    for number in range(3):
        letter = "ABC"[number]
        case.redaction(f"R-BGG{letter}")
        case.claim(f"C-BGG{letter}", "A claim.")
        case.evidence(f"E-BGG{letter}", "A drill")
    case.section("S-AAAA", "Scope", "Words [[R-BGGA hidden]] {C-BGGA} and C-BGGB and {E-BGGC}.")
    made = World(import_raw(case.file), world.users)
    let_in(made, "Ada", Role.MANAGER, Role.AUTHOR)
    return made
