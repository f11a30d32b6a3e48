"""The pages of a report, live and in editions: what a new reader sees at once, and that references lead only to what is shown."""

from __future__ import annotations

import re
from typing import Any

import pytest

from review import tasks
from review.checks.run import Checked
from review.states import LIST_PAGES
from tests.case_builder import CaseBuilder
from tests.site_client import SiteClient
from tests.world import World, grant_all, import_raw, make_world, people, release

pytestmark = pytest.mark.django_db
HEADINGS = ("First", "Second")


def typed_case() -> dict[str, Any]:
    """References typed as plain words: to shown, masked, omitted and unknown objects; two headings; a heavy claim."""
    case = CaseBuilder()
    case.redaction("R-MASK", target={"kind": "object", "ref": "C-MASK", "how": "masked"}, bears_load=True)
    case.redaction("R-GGNE", target={"kind": "object", "ref": "C-GNNE", "how": "omitted"})
    case.redaction("R-WRDS", ground="security", note="A security matter.")
    words = "As C-AAAA, C-MASK, C-GNNE and C-QQQQ say; see R-MASK. [[R-WRDS hidden words]]"
    case.section("S-AAAA", "Scope", words)
    for ref in ("P-AAAA", "P-BBBB"):
        case.pathway(ref, f"Pathway {ref}", "Words.")
        argument = case.file["pathways"][-1]["argument"]["content"]["content"]
        for said in HEADINGS:
            argument.append({"type": "heading", "attrs": {"level": 2}, "content": [{"type": "text", "text": said}]})
    for ref in ("C-AAAA", "C-BBBB", "C-MASK", "C-GNNE"):
        case.claim(ref, f"Claim {ref}.".replace(ref, ref.lower()))
    case.support("L-AAAA", "P-AAAA", "C-AAAA")
    case.support("L-BBBB", "P-BBBB", "C-AAAA")
    case.support("L-CCCC", "P-BBBB", "C-BBBB", role="supporting")
    case.support("L-DDDD", "P-AAAA", "C-MASK")
    return case.file


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    """Released though the check, which is another lock, holds a text that names what is left out."""
    monkeypatch.setattr(tasks, "check_release", lambda material: Checked())
    users = people()
    world = World(import_raw(typed_case()), users)
    grant_all(world.case_id, users)
    statement = "Passages are withheld under a legal duty"
    release(world, {"external_reviewer": f"{statement}.", "public": f"{statement} and for security."})
    return world


def public(world: World, below: str = "") -> str:
    response = SiteClient("reading_room", world.users["Omar"]).get(f"/editions/{world.editions['public']}/{below}")
    assert response.status_code == 200
    return str(response.content.decode())


def live(world: World, below: str = "") -> str:
    response = SiteClient("workshop", world.users["Ada"]).get(f"/cases/{world.case_id}/{below}")
    assert response.status_code == 200
    return str(response.content.decode())


def test_typed_reference_leads_to_what_the_edition_shows_and_to_nothing_else(world):
    body = public(world, "sections/S-AAAA/")
    assert '<a class="typed" href="../../claims/C-AAAA/">C-AAAA</a>' in body
    assert '<a class="typed" href="../../claims/C-MASK/">C-MASK</a>' in body  # it has a page that says it is withheld
    assert '<a class="typed" href="../../withheld/#R-MASK">R-MASK</a>' in body
    assert "</a>, C-GNNE and C-QQQQ say; see" in body  # left out and unknown: words, both


def test_every_typed_reference_that_is_a_link_leads_somewhere(world):
    client = SiteClient("reading_room", world.users["Omar"])
    body = public(world, "sections/S-AAAA/")
    for address in re.findall(r'<a class="typed" href="\.\./\.\./([^"#]+)', body):
        assert client.get(f"/editions/{world.editions['public']}/{address}").status_code == 200


def test_cleared_reader_sees_all_typed_references_that_exist_as_links(world):
    body = live(world, "sections/S-AAAA/")
    assert re.findall(r'class="typed" href="[^"]+">([^<]+)', body) == ["C-AAAA", "C-MASK", "C-GNNE", "R-MASK"]


def test_front_tells_which_claims_carry_most_and_what_is_withheld(world):
    body = public(world)
    weights = body.split("Claims that carry most")[1].split("What is withheld from you")[0]
    assert weights.count('<li class="claim">') == 1  # supporting ones carry nothing
    assert "<b>2</b> pathways" in weights
    withheld = body.split("What is withheld from you")[1]
    assert re.search(r'legal duty</th><td class="num">1</td><td class="num">1', withheld)
    assert re.search(r'security</th><td class="num">1</td><td class="num">none', withheld)
    assert "C-GNNE" not in body


def test_live_front_withholds_nothing(world):
    assert "Nothing is withheld from you here." in live(world)


@pytest.mark.parametrize("page", sorted(LIST_PAGES))
def test_lists_stand_in_editions_and_live(world, page):
    assert "<h1>" in public(world, f"{page}/")
    assert "<h1>" in live(world, f"{page}/")


def test_withheld_list_says_where_each_redaction_stands(world):
    body = public(world, "withheld/")
    assert 'id="R-WRDS"' in body
    assert "bears load" in body
    assert '<a href="../sections/S-AAAA/">S-AAAA</a>' in body
    assert "R-GGNE" not in body


def test_reviewer_sees_what_is_shown_to_them_and_withheld_from_the_public():
    world = make_world()
    client = SiteClient("reading_room", world.users["Rhea"])
    body = client.get(f"/editions/{world.editions['external_reviewer']}/withheld/").content.decode()
    marked = body.split("Shown to you, withheld from others")[1]
    assert "R-PUBL" in marked
    assert "Public" in marked


def test_whole_report_leads_to_its_own_chapters(world):
    body = public(world, "report/")
    for ref in ("S-AAAA", "P-AAAA", "P-BBBB", "C-AAAA", "C-MASK"):
        assert body.count(f'id="{ref}"') == 1, ref
    assert '<a class="typed" href="#C-AAAA">' in body
    assert "C-GNNE" not in body.replace("C-GNNE and C-QQQQ", "")


def test_ids_on_a_page_are_unique(world):
    for page in ("", "report/", "pathways/P-AAAA/", "withheld/", "register/"):
        ids = re.findall(r'\sid="([^"]+)"', public(world, page))
        assert sorted(ids) == sorted(set(ids)), page


def test_outline_of_the_page_stands_in_the_contents(world):
    for body in (public(world, "pathways/P-AAAA/"), live(world, "pathways/P-AAAA/")):
        rail, main = body.split('<main class="main"')
        outline = rail.split('<ol class="outline">')[1].split("</ol>")[0]
        for said, target in zip(HEADINGS, re.findall(r'href="#([^"]+)"', outline), strict=True):
            assert re.search(rf'<h\d id="{target}"[^>]*>{said}<', main)
        assert '<ol class="outline">' not in main


def test_outline_ids_are_the_same_live_and_in_every_edition(world):
    pages = [public(world, "pathways/P-AAAA/"), live(world, "pathways/P-AAAA/")]
    one, other = (re.findall(r'<h\d id="(h-[^"]+)"', page) for page in pages)
    assert one == other
    assert len(one) == len(HEADINGS)
