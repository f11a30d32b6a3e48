"""What hides something in a document hides it here, wherever its parts are placed; or the import is refused and says where."""

from __future__ import annotations

import json
import re

import pytest

from cases.models import Redaction
from pathways.models import Claim
from prose.inside import document_of
from review.actions.bringing import bring_in, keep_draft
from review.bringing.draft import Draft
from review.bringing.faults import CannotBring, CannotRead
from review.bringing.placing.places import Place
from review.bringing.placing.proposing import parts_of
from review.bringing.stored import unpacked
from review.loaders.bringing.drafts import opened_draft
from review.loaders.bringing.placing import placing_of
from review.models import ImportDraft
from review.snapshot import read_case
from tests.case_builder import CaseBuilder
from tests.pathways.structure_world import edition_of
from tests.review.test_bringing_round_trip import empty_case, exported, hidden_in, with_people
from tests.world import CANARY, World, import_raw

pytestmark = pytest.mark.django_db
EXPORT = "---\nsafetycase: 1\ncase: K-EMPT\n---\n\n"
KEPT = "## Kept {.section}\n\nPlain words.\n\n"
LISTED = (
    "\n\n# Redactions {.group}\n\n## R-7Q2K {.redaction ground=legal_duty extent=sentence covers=span}\n\nBy duty.\n"
)


@pytest.fixture
def world() -> World:
    return with_people(empty_case().file)


def brought(world: World, source: str, place: Place | None = None, at: str = "") -> None:
    """Import; the part whose words begin so is placed there, all parts with an empty beginning."""
    by = world.actor("Ada")
    draft_id = keep_draft(by=by, case_id=world.case_id, name="case.md", data=source.encode())
    parts = parts_of(_draft(draft_id), opened_draft(by, world.case_id, draft_id).empty)
    places = {part.number: place for part in parts if place and part.name.startswith(at)}
    bring_in(by=by, case_id=world.case_id, draft_id=draft_id, places=places, columns={})


def _draft(draft_id: object) -> Draft:
    return unpacked(bytes(ImportDraft.objects.get(pk=draft_id).content))


@pytest.fixture
def source(world: World) -> str:
    """An export with a claim that is masked, a link that is hidden and an assurance that outsiders may not know of."""
    case = empty_case("K-SRCE")
    case.redaction("R-MASK", target={"kind": "object", "ref": "C-MASK", "how": "masked"})
    case.redaction("R-LNKS", target={"kind": "link", "ref": "L-AAAA"})
    case.section("S-AAAA", "Scope", "Plain words.")
    case.pathway("P-AAAA", "Leaks", "An argument.")
    case.claim("C-AAAA", "Egress is capped.")
    case.claim("C-MASK", f"{CANARY} statement.", basis=f"{CANARY} basis.")
    case.support("L-AAAA", "P-AAAA", "C-AAAA", reason=f"{CANARY} link")
    case.assurance("A-AAAA", f"{CANARY} is my word.", "ada")
    return exported(import_raw(case.file), world)


@pytest.mark.parametrize(
    ("at", "place"),
    [
        *((CANARY, place) for place in (Place.INSIDE, Place.SUMMARY, Place.SUBJECT)),
        *(("Leaks", place) for place in (Place.INSIDE, Place.SUMMARY, Place.SECTION)),
        *(("Assurance", place) for place in (Place.INSIDE, Place.SUMMARY, Place.SECTION)),
    ],
)
def test_what_is_hidden_or_withheld_is_refused_where_nothing_would_hide_it(
    world: World, source: str, at: str, place: Place
):
    with pytest.raises(CannotBring, match=r"“.*” \(line \d+\).*Choose.*not imported"):
        brought(world, source, place, at)
    assert Claim.objects.filter(case_id=world.case_id).count() == 0
    brought(world, source, Place.NOWHERE, at)
    assert CANARY not in edition_of(world)


def test_pathway_that_becomes_a_claim_keeps_its_hidden_link(world: World, source: str):
    brought(world, source, Place.CLAIM, "Leaks")
    assert f"{CANARY} link" in edition_of(world, "full")
    assert CANARY not in edition_of(world)


def test_page_of_the_places_says_it_before_anything_is_imported(world: World, source: str):
    by = world.actor("Ada")
    draft_id = keep_draft(by=by, case_id=world.case_id, name="case.md", data=source.encode())
    opened = opened_draft(by, world.case_id, draft_id)
    number = next(part.number for part in parts_of(opened.draft, opened.empty) if part.name.startswith(CANARY))
    assert not placing_of(opened, {}, {}).refused
    assert "R-MASK" in placing_of(opened, {number: Place.INSIDE}, {}).refused
    assert not placing_of(opened, {number: Place.NOWHERE}, {}).refused


@pytest.mark.parametrize("place", [Place.CLAIM, Place.TERM, Place.EVIDENCE, Place.LIMITATION, Place.PATHWAY])
def test_what_is_masked_may_become_anything_that_can_be_masked(world: World, source: str, place: Place):
    brought(world, source, place, CANARY)
    assert CANARY in edition_of(world, "full")
    assert CANARY not in edition_of(world)


@pytest.mark.parametrize(
    "source",
    [
        f"## Scope {{.section}}\n\n### {CANARY} deep {{hidden=R-7Q2K}}\n\nwords",
        f"## So it is. {{.claim}}\n\n### Basis {{.basis hidden=R-7Q2K}}\n\n{CANARY}",
        f"## Scope {{.section}}\n\n{{hidden=R-7Q2K}}\n{CANARY} paragraph",
        f"## Scope {{.section}}\n\n> {{hidden=R-7Q2K}}\n> {CANARY} quoted",
        f"## Scope {{.section}}\n\n[{CANARY}]{{hidden=R-7Q2K}} words",
        f"## Scope {{.section}}\n\n- ### {CANARY} item {{.claim hidden=R-7Q2K}}",
        f"# {CANARY} group {{.group hidden=R-7Q2K}}\n\n## So it is. {{.claim}}",
        f"## {CANARY} tag {{.tag #G-AAAA hidden=R-7Q2K}}\n\n## So it is. {{.claim tags=G-AAAA}}",
        f"# {CANARY} title {{.title hidden=R-7Q2K}}\n\nwords",
        f"## Subject {{.subject hidden=R-7Q2K}}\n\n{CANARY}",
        f"## {CANARY} {{.claim hidden=R-7Q2K\n\nwords",
        f"## Scope {{.section hidden-rating=R-7Q2K}}\n\n{CANARY}",
    ],
)
def test_braces_that_hide_what_cannot_be_hidden_like_that_are_refused(world: World, source: str):
    with pytest.raises((CannotBring, CannotRead)):
        brought(world, EXPORT + KEPT + source + LISTED)
    assert CANARY not in edition_of(world)


def test_words_outside_a_group_are_told_and_not_lost(world: World):
    by = world.actor("Ada")
    source = f"{EXPORT}# Claims {{.group}}\n\nStray words.\n\n## So it is. {{.claim}}\n"
    draft_id = keep_draft(by=by, case_id=world.case_id, name="case.md", data=source.encode())
    told = placing_of(opened_draft(by, world.case_id, draft_id), {}, {}).left_out
    assert [one.words for one in told] == ["Stray words."]


QUOTED = json.dumps(
    [
        {
            "type": "blockquote",
            "marks": [{"type": "redaction", "attrs": {"ref": "R-7Q2K"}}],
            "content": [{"type": "paragraph", "content": [{"type": "text", "text": CANARY}]}],
        }
    ]
)
SECRET_LIST = f"- [{CANARY} one]{{.redacted ref=R-7Q2K}}\n- plain\n"


@pytest.mark.parametrize(
    "source",
    [
        f"## Subject {{.subject}}\n\n{SECRET_LIST}",
        f"## Leaks {{.pathway}}\n\n### Answer {{.answer}}\n\n{SECRET_LIST}",
        f"## Scope {{.section}}\n\n::: transcript\n::: turn\nAda\n\n{SECRET_LIST}\n:::\n:::\n",
        f"## Scope {{.section}}\n\nx\n\n::::: table {{.redacted ref=R-7Q2K}}\n:::: row\n::: cell\n{CANARY}\n:::\n::::\n:::::\n",
        f"## Scope {{.section}}\n\n::::: table\n:::: row {{.redacted ref=R-7Q2K}}\n::: cell\n{CANARY}\n:::\n::::\n:::::\n",
        f"## Scope {{.section}}\n\n::::: table\n:::: row\n::: cell {{.redacted ref=R-7Q2K}}\n{CANARY}\n:::\n::::\n:::::\n",
        f"## Subject {{.subject}}\n\n```safetycase\n{QUOTED}\n```\n",
    ],
)
def test_words_that_are_laid_flat_stay_hidden(world: World, source: str):
    brought(world, EXPORT + KEPT + source + LISTED)
    assert CANARY not in edition_of(world)


def test_html_that_hides_words_is_refused_as_it_cannot_be_read(world: World):
    with pytest.raises(CannotRead, match="hides words"):
        brought(world, f"{EXPORT}{KEPT}<div>[{CANARY}]{{.redacted ref=R-7Q2K}}</div>\n{LISTED}")


def test_register_whose_header_is_hidden_hides_all_that_is_made_of_it(world: World):
    """Public would see nothing of this table: a hidden header withholds its grid."""
    table = f"| Claim | [{CANARY} name]{{.redacted ref=R-7Q2K}} | Grade |\n|-|-|-|\n| {CANARY} holds. | {CANARY} rest | strong |\n"
    source = table + LISTED.replace("# Redactions {.group}\n\n", "")
    brought(world, f"# Remarks\n\n{source}")
    assert Claim.objects.filter(case_id=world.case_id).count() == 1
    assert CANARY in edition_of(world, "full")
    assert CANARY not in edition_of(world)
    assert Redaction.objects.get(cover="attribute").attribute == "grade"


def test_hidden_cell_that_becomes_an_attribute_is_a_hidden_attribute(world: World):
    table = "| Claim | Grade |\n|-|-|\n| It holds. | [strong]{.redacted ref=R-7Q2K} |\n"
    brought(world, f"# Remarks\n\n{table}{LISTED}")
    claim = Claim.objects.get(case_id=world.case_id)
    assert claim.grade == "strong"
    assert [(one.target, one.attribute) for one in Redaction.objects.filter(cover="attribute")] == [
        (claim.ref, "grade")
    ]


def test_two_links_of_one_name_are_both_hidden(world: World):
    """Copied lines carry the same name twice."""
    line = "- [@C-AAAA]{.support #L-AAAA hidden=R-7Q2K}"
    source = (
        f"## A holds. {{.claim #C-AAAA}}\n\n## Leaks {{.pathway #P-AAAA}}\n\n### Rests on {{.supports}}\n\n"
        f"{line} {CANARY} one\n{line} {CANARY} two\n"
    )
    brought(world, EXPORT + source + LISTED)
    assert CANARY in edition_of(world, "full")
    assert CANARY not in edition_of(world)


# References that this case knows.


def known(**changes: object) -> World:
    """An empty case that has R-7Q2K."""
    case = empty_case()
    case.redaction("R-7Q2K", **changes)  # type: ignore[arg-type]
    return with_people(case.file)


def marked(front: str = "", listed: str = "") -> str:
    return f"{front}# Method\n\nPlain [{CANARY}]{{.redacted ref=R-7Q2K}} words.\n{listed}"


FOREIGN = "---\ntitle: x\ncase: K-THER\n---\n\n"
OWN = "---\ntitle: x\ncase: K-EMPT\n---\n\n"


@pytest.mark.parametrize("front", ["", OWN])
def test_document_written_by_hand_hides_by_a_redaction_that_stands_here(front: str):
    world = known()
    brought(world, marked(front))
    (section,) = read_case(world.case_id).sections
    assert hidden_in(document_of(section.body)) == {(CANARY, "R-7Q2K")}
    assert CANARY not in edition_of(world)


@pytest.mark.parametrize(
    ("front", "changes", "says"),
    [
        ("", {"state": "lifted"}, "R-7Q2K is lifted"),
        (OWN, {"state": "lifted"}, "R-7Q2K is lifted"),
        ("", {"revealed_to": ["public"]}, "R-7Q2K is revealed"),
        (FOREIGN, {}, "R-7Q2K"),
    ],
)
def test_mark_that_would_hide_less_here_or_was_another_case_s_is_refused(front: str, changes: dict, says: str):
    world = known(**changes)
    with pytest.raises(CannotRead, match=says):
        brought(world, marked(front))
    assert CANARY not in edition_of(world)


@pytest.mark.parametrize(
    ("front", "changes"),
    [(front, {"state": "lifted"}) for front in ("", FOREIGN, OWN)]
    + [(front, {"revealed_to": ["public"]}) for front in ("", FOREIGN)]  # revealed in this very case is revealed
    + [(front, {"ground": "privacy"}) for front in ("", FOREIGN)],
)
def test_listed_redaction_is_proposed_anew_where_that_of_its_name_hides_less(front: str, changes: dict):
    world = known(**changes)
    brought(world, marked(front, LISTED))
    assert CANARY not in edition_of(world)
    assert Redaction.objects.filter(case_id=world.case_id).exclude(ref="R-7Q2K").get().state == "proposed"


def test_listed_as_lifted_by_nobody_s_file_does_not_show_what_stands_here():
    world = known()
    brought(world, marked("", LISTED.replace("covers=span", "covers=span lifted=yes")))
    assert CANARY not in edition_of(world)


@pytest.mark.parametrize("front", [r"\A---.*?---\n", r"case: K-\w+\n"])
def test_export_without_its_first_lines_hides_as_much(world: World, front: str):
    case = CaseBuilder("K-SRCE")
    case.redaction("R-7Q2K")
    case.section("S-AAAA", "Method", f"Plain [[R-7Q2K {CANARY}]] words.")
    written = re.sub(front, "", exported(import_raw(case.file), world), count=1, flags=re.DOTALL)
    brought(world, written)
    assert CANARY in edition_of(world, "full")
    assert CANARY not in edition_of(world)
