"""The glossary of an edition: shown terms lead to their definitions, hidden ones lead nowhere and leave no trace."""

from __future__ import annotations

import json

import pytest

from cases.redaction import Audience, Cover, Ground, Redaction
from review.making import NOTHING_BEFORE, Before, MadeEdition, make_amendment, make_edition
from tests.review.material import FULL, PUBLIC, SnapshotBuilder, redaction

SECRET = "nightingale"
LEGAL = {"ground": Ground.LEGAL_DUTY}
MASKED = redaction("R-MASK", cover=Cover.OBJECT, target="T-MASK", **LEGAL)
OMITTED = redaction("R-GNNE", cover=Cover.OBJECT, target="T-MASK", omitted=True, **LEGAL)
WORDS = redaction("R-WRDS", **LEGAL)


def case(*redactions: Redaction, name: str = SECRET, definition: str = "A bird.") -> SnapshotBuilder:
    """Two terms, one of them a secret, and a section that uses both."""
    built = SnapshotBuilder(*redactions).section("S-AAAA", "Scope", f"Egress is not {SECRET}. Egress again.")
    return built.term("T-AAAA", "egress", "What leaves.").term("T-MASK", name, definition)


def made(built: SnapshotBuilder, audience: Audience = PUBLIC) -> MadeEdition:
    """The edition."""
    return make_edition(built.snapshot(), audience, "")


def html(edition: MadeEdition, page: str) -> str:
    """One page."""
    return next(part.html for part in edition.parts if part.page == page)


def test_first_use_of_a_shown_term_leads_to_its_definition():
    edition = made(case())
    body = html(edition, "sections/S-AAAA")
    assert body.count('<a class="term" href="../../glossary/#T-AAAA">Egress</a>') == 1
    assert f'href="../../glossary/#T-MASK">{SECRET}</a>' in body
    assert 'id="T-AAAA"' in html(edition, "glossary")


def test_on_the_whole_report_it_leads_to_the_same_page():
    assert '<a class="term" href="#T-AAAA">' in html(made(case()), "report")


@pytest.mark.parametrize("hiding", [MASKED, OMITTED])
def test_hidden_term_leads_nowhere_and_says_nothing(hiding: Redaction):
    edition = made(case(hiding, definition=f"The {SECRET}s of the second kind."))
    body = html(edition, "sections/S-AAAA")
    assert 'href="../../glossary/#T-AAAA"' in body
    assert f"Egress</a> is not {SECRET}." in body  # written in the section for all to read, and no link
    everything = "".join(part.html + part.content for part in edition.parts)
    assert "second kind" not in everything
    assert ("T-MASK" in everything) is (hiding is MASKED)


def test_term_whose_words_are_hidden_in_part_leads_nowhere():
    built = case(WORDS, name=f"{SECRET} [[R-WRDS floor]]")
    assert f'">{SECRET}</a>' not in html(made(built), "sections/S-AAAA")
    built = SnapshotBuilder(WORDS).section("S-AAAA", "Scope", "A nightingale floor.")
    built.term("T-AAAA", f"{SECRET} [[R-WRDS floor]]", "A floor.")
    assert 'class="term"' in html(made(built, FULL), "sections/S-AAAA")
    assert 'class="term"' not in html(made(built), "sections/S-AAAA")


def test_hidden_words_are_not_linked_in_the_edition_that_lacks_them():
    built = SnapshotBuilder(WORDS).section("S-AAAA", "Scope", "[[R-WRDS The egress]] and egress.")
    body = html(made(built.term("T-AAAA", "egress", "What leaves.")), "sections/S-AAAA")
    assert '</span> and <a class="term"' in body.replace("\n", "")


def test_term_is_found_by_its_words_and_named_by_them():
    found = json.loads(next(part.content for part in made(case(MASKED)).parts if part.page == "find"))
    assert ["glossary/#T-AAAA", "T-AAAA", "egress"] in found["places"]
    assert ["glossary/#T-MASK", "T-MASK", ""] in found["places"]


def test_edition_from_before_there_was_a_glossary_can_be_amended():
    built = case()
    old = {part.page: json.loads(part.content) for part in made(built).parts if part.page not in ("find", "glossary")}
    for page in old.values():
        page.pop("terms", None)
    before = Before(pages=old, maps=NOTHING_BEFORE.maps)
    kept = make_amendment(built.snapshot(), PUBLIC, "", before, {"sections/S-AAAA"})
    assert "No term is defined here." in html(kept, "glossary")
    assert 'class="term"' not in html(kept, "sections/S-AAAA")
    chosen = make_amendment(built.snapshot(), PUBLIC, "", before, {"glossary"})
    assert 'class="term"' in html(chosen, "sections/S-AAAA")
