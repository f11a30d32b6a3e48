"""Whole editions from a snapshot, without a database: what is derived, what owners and assurances show, the way back from JSON."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from cases.projection import AudienceLens, from_json, to_json
from cases.redaction import Audience, Cover, Ground, Redaction, Shown, Withheld
from cases.redaction.facts import Owner, OwnerName
from evidence.projection import AssurancePart, MaskedAssurance
from prose.nodes import canonical
from review.projection import ClaimPage, Composer, FrontPage, RegisterPage
from review.projection.derived import rail_of
from review.projection.pages import AssurancesPage, EvidencePage, PathwayPage, WithheldPage
from tests.review.material import FULL, PARTNER, PUBLIC, REVIEWER, SnapshotBuilder, redaction

NAMED, UNNAMED = Owner(OwnerName("Dana Named"), True), Owner(OwnerName("Uma Unnamed"), False)


def rich(*more: Redaction) -> SnapshotBuilder:
    """Every kind of object, with words, an attribute, a link and objects hidden."""
    legal: dict[str, Any] = {"ground": Ground.LEGAL_DUTY}
    case = SnapshotBuilder(
        redaction("R-WRDS", bears_load=True, **legal),
        redaction("R-PUBL"),
        redaction("R-MASK", cover=Cover.OBJECT, target="C-MASK", **legal),
        redaction("R-PMSK", cover=Cover.OBJECT, target="P-MASK", **legal),
        redaction("R-GNNE", cover=Cover.OBJECT, target="C-GNNE", omitted=True, **legal),
        redaction("R-RATE", cover=Cover.ATTRIBUTE, target="P-BBBB", attribute="rating"),
        redaction("R-LNKS", cover=Cover.LINK, target="L-HDDN", **legal),
        *more,
    )
    case.section("S-AAAA", "Scope", "Open [[R-WRDS hidden]] words {C-AAAA}.").section("S-BBBB", "[[R-PUBL All]]", "")
    case.pathway("P-AAAA", "One", "It [[R-PUBL rests]] on {C-AAAA}.").pathway("P-MASK", "Masked", "Hidden.")
    case.pathway("P-BBBB", "Two", "Words.")
    case.tag("G-AAAA", "Weights")
    case.claim("C-AAAA", "First.", owner=UNNAMED, tags=("G-AAAA",)).claim("C-BBBB", "Second.", owner=NAMED)
    case.claim("C-MASK", "Masked.").claim("C-GNNE", "Gone.").claim("C-CCCC", "Third.")
    for number, (resting, claim) in enumerate(
        [("P-AAAA", "C-AAAA"), ("P-BBBB", "C-AAAA"), ("C-AAAA", "C-BBBB"), ("P-MASK", "C-CCCC"), ("P-BBBB", "C-GNNE")]
    ):
        case.support(f"L-{number + 2}AAA", resting, claim)
    case.support("L-HDDN", "P-AAAA", "C-CCCC").support("L-CTXT", "P-AAAA", "C-MASK", role="context")
    case.evidence("E-AAAA", "Old", valid_until=date(2026, 1, 1)).evidence("E-BBBB", "New", valid_until=date(2027, 1, 1))
    case.bearing("B-AAAA", "E-AAAA", "C-AAAA")
    case.assurance("A-AAAA", "We do.", NAMED, claim="C-AAAA").assurance("A-BBBB", "We too.", UNNAMED, claim="C-AAAA")
    case.limitation("N-AAAA", "Awareness", "It [[R-WRDS may]] know.")
    return case


def composer(audience: Audience, *more: Redaction, left_out: frozenset[str] = frozenset()) -> Composer[Any]:
    """The rich case as one audience gets it."""
    snapshot = rich(*more).snapshot()
    return Composer(snapshot, AudienceLens(snapshot.register, audience, left_out))


@pytest.mark.parametrize("audience", [FULL, REVIEWER, PARTNER, PUBLIC])
def test_table_of_contents_made_from_titles_is_the_one_made_from_pages(audience: Audience):
    composed = composer(audience)
    rail = rail_of(dict(composed.own_pages()))
    assert rail == composed.rail
    assert len(rail.pathways) == 3


@pytest.mark.parametrize("audience", [FULL, REVIEWER, PARTNER, PUBLIC])
def test_page_asked_for_alone_is_the_page_of_the_edition(audience: Audience):
    from review.states import PageKind

    pages = dict(composer(audience).pages())
    for name, page in pages.items():
        kind, _, ref = name.partition("/")
        assert composer(audience).page(PageKind(kind), ref) == page, name


@pytest.mark.parametrize("audience", [FULL, REVIEWER, PARTNER, PUBLIC])
def test_stored_edition_reads_back_as_what_was_stored(audience: Audience):
    for name, page in composer(audience).pages():
        stored = to_json(page)
        again = from_json(stored)
        assert again == page, name
        assert canonical(to_json(again)) == canonical(stored)


def test_claim_carries_what_rests_on_it_through_others_as_shown():
    pages = dict(composer(PUBLIC).pages())
    register = pages["register"]
    assert isinstance(register, RegisterPage)
    weights = {row.claim.ref: row.pathways.value for row in register.claims if hasattr(row, "pathways")}
    # C-BBBB by way of C-AAAA; what rests on C-CCCC is hidden, so nothing is said to.
    assert weights == {"C-AAAA": ("P-AAAA", "P-BBBB"), "C-BBBB": ("P-AAAA", "P-BBBB"), "C-CCCC": ()}
    front = pages["front"]
    assert isinstance(front, FrontPage)
    assert [row.claim.ref for row in front.weights] == ["C-AAAA", "C-BBBB"]


def test_full_edition_counts_what_others_do_not_see():
    register = dict(composer(FULL).pages())["register"]
    assert isinstance(register, RegisterPage)
    weights = {row.claim.ref: row.pathways.value for row in register.claims if hasattr(row, "pathways")}
    assert weights["C-CCCC"] == ("P-AAAA", "P-MASK")


def test_list_of_what_is_withheld_has_every_bar_and_its_pages():
    page = dict(composer(PUBLIC).pages())["withheld"]
    assert isinstance(page, WithheldPage)
    rows = {str(row.item.items[0]["ref"]): (row.item.items[0], row.pages.value) for row in page.withheld}
    assert set(rows) == {"", "R-WRDS", "R-PUBL", "R-MASK", "R-PMSK", "R-RATE", "R-LNKS"}
    assert rows["R-WRDS"][0]["load"] is True
    assert rows["R-WRDS"][1] == ("sections/S-AAAA", "limitations")
    assert rows[""][1] == ("assurances",)  # nobody named stands for it, and no redaction says why
    assert page.marked == ()


def test_list_of_what_others_lose_is_what_the_reviewer_sees_marked():
    whole = redaction("R-WHLE", cover=Cover.OBJECT, target="E-BBBB", omitted=True)
    link = redaction("R-LINK", cover=Cover.LINK, target="B-AAAA")
    pages = dict(composer(REVIEWER, whole, link).pages())
    page = pages["withheld"]
    assert isinstance(page, WithheldPage)
    found = {row.says.value: row.pages.value for row in page.marked}
    assert set(found) == {(ref, "security", "Public") for ref in ("R-PUBL", "R-RATE", "R-WHLE", "R-LINK")}
    assert found["R-WHLE", "security", "Public"] == ("evidence/E-BBBB",)
    assert "evidence/E-BBBB" not in dict(composer(PUBLIC, whole).pages())


@pytest.mark.parametrize(
    ("audience", "first", "second"),
    [(FULL, "Uma Unnamed", "Dana Named"), (REVIEWER, None, "Dana Named"), (PUBLIC, None, "Dana Named")],
)
def test_owner_stays_inside_unless_named_outside(audience: Audience, first: str | None, second: str):
    pages = dict(composer(audience).pages())
    found = []
    for ref in ("C-AAAA", "C-BBBB", "C-CCCC"):
        page = pages[f"claims/{ref}"]
        assert isinstance(page, ClaimPage)
        owner = page.claim.owner  # type: ignore[union-attr]
        found.append(owner.value if isinstance(owner, Shown) else owner)
    assert found == [first, second, None]


def test_outside_nobody_and_somebody_unnamed_are_the_same():
    pages = dict(composer(PUBLIC).pages())
    unnamed, nobody = pages["claims/C-AAAA"], pages["claims/C-CCCC"]
    assert isinstance(unnamed, ClaimPage)
    assert isinstance(nobody, ClaimPage)
    assert to_json(unnamed)["claim"]["owner"] == to_json(nobody)["claim"]["owner"]  # type: ignore[call-overload,index]


def test_owner_under_a_redaction_is_a_bar_whoever_it_is():
    hidden = redaction("R-OWNR", cover=Cover.ATTRIBUTE, target="C-CCCC", attribute="owner")
    page = composer(PUBLIC, hidden).claim("C-CCCC")
    assert isinstance(page.claim.owner, Withheld)  # type: ignore[union-attr]


def test_assurance_of_somebody_unnamed_is_masked_outside():
    for audience, masked in ((FULL, 0), (REVIEWER, 1), (PUBLIC, 1)):
        page = dict(composer(audience).pages())["assurances"]
        assert isinstance(page, AssurancesPage)
        assert [isinstance(one, MaskedAssurance) for one in page.assurances] == [False, bool(masked)]
        assert b"We too" not in canonical(to_json(page)).encode() or not masked


def test_assurance_whose_owner_is_withheld_is_masked():
    hidden = redaction("R-OWNR", cover=Cover.ATTRIBUTE, target="A-AAAA", attribute="owner")
    assert isinstance(composer(PUBLIC, hidden).assurances().assurances[0], MaskedAssurance)


def test_assurance_names_its_claim_only_where_both_are_shown():
    hidden = redaction("R-GGNE", cover=Cover.OBJECT, target="C-AAAA", omitted=True)
    without = composer(PUBLIC, hidden).assurances().assurances[0]
    assert isinstance(without, AssurancePart)
    assert without.claim is None
    link = redaction("R-CLAM", cover=Cover.ATTRIBUTE, target="A-AAAA", attribute="claim")
    covered = composer(PUBLIC, link)
    assert isinstance(covered.assurances().assurances[0].claim, Withheld)  # type: ignore[union-attr]
    assert covered.claim("C-AAAA").assurances == ()
    assert [one.ref for one in composer(PUBLIC).claim("C-AAAA").assurances] == ["A-AAAA"]


def test_evidence_no_longer_valid_at_the_cut_off_is_stale_as_shown():
    pages = dict(composer(PUBLIC).pages())
    stale = {name: page.stale.value for name, page in pages.items() if isinstance(page, EvidencePage) and page.stale}
    assert stale == {"evidence/E-AAAA": True, "evidence/E-BBBB": False}
    hidden = redaction("R-DATE", cover=Cover.ATTRIBUTE, target="E-AAAA", attribute="valid_until")
    page = dict(composer(PUBLIC, hidden).pages())["evidence/E-AAAA"]
    assert isinstance(page, EvidencePage)
    assert page.stale
    assert page.stale.value is False


def test_part_left_out_of_a_release_leaves_no_trace():
    pages = dict(composer(FULL, left_out=frozenset({"P-AAAA", "S-BBBB"})).pages())
    assert "pathways/P-AAAA" not in pages
    front, second = pages["front"], pages["pathways/P-BBBB"]
    assert isinstance(front, FrontPage)
    assert isinstance(second, PathwayPage)
    assert [row.ref for row in front.rail.pathways] == ["P-MASK", "P-BBBB"]
    assert second.number
    assert second.number.value == 2
    whole = "".join(canonical(to_json(page)) for page in pages.values())
    assert '"P-AAAA"' not in whole.replace('"pathways/P-AAAA"', '"P-AAAA"')


def test_register_lists_groups_with_the_claims_that_are_shown_to_be_in_them():
    def groups(*hidden: Redaction) -> list[tuple[str, tuple[str, ...]]]:
        page = dict(composer(PUBLIC, *hidden).pages())["register"]
        assert isinstance(page, RegisterPage)
        return [(row.tag.name.to_plain(), row.claims.value) for row in page.groups]

    assert groups() == [("Weights", ("C-AAAA",))]
    assert groups(redaction("R-TAGS", cover=Cover.ATTRIBUTE, target="C-AAAA", attribute="tags")) == []
    assert groups(redaction("R-GGNE", cover=Cover.OBJECT, target="C-AAAA", omitted=True)) == []


def test_groups_are_shown_by_name_or_withheld_whole():
    page = composer(PUBLIC).claim("C-AAAA")
    assert [tag.name.to_plain() for tag in page.claim.tags] == ["Weights"]  # type: ignore[union-attr]
    hidden = redaction("R-TAGS", cover=Cover.ATTRIBUTE, target="C-AAAA", attribute="tags")
    assert isinstance(composer(PUBLIC, hidden).claim("C-AAAA").claim.tags, Withheld)  # type: ignore[union-attr]
