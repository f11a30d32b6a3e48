"""The release check: each stop and each warning, with its yes and its no in one set-up."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from cases.redaction import Audience, Cover, Extent, Ground, RedactionState
from prose.inside import document_of
from prose.nodes import utf16_length
from review.checks.findings import Finding, FindingKind, Severity
from review.checks.material import CheckMaterial
from review.checks.run import run_checks
from tests.review.material import FULL, PARTNER, PUBLIC, REVIEWER, SnapshotBuilder, edition_of, material_of, redaction

HIDDEN = "The isolated storage tier is patched weekly by contractors"
SECRET = f"It is so. [[R-AAAA {HIDDEN}]]. That is why."


def case(*elsewhere: str, hidden: str = SECRET, **changes: Any) -> SnapshotBuilder:
    """A case that hides a sentence, with claims that say other words."""
    built = SnapshotBuilder(redaction("R-AAAA", **changes)).section("S-AAAA", "Storage", hidden)
    for number, words in enumerate(elsewhere):
        built.claim(f"C-AAA{number + 2}", words)
    return built


def found(built: SnapshotBuilder, kind: FindingKind, *audiences: Audience, **more: Any) -> list[Finding]:
    """The findings of one kind."""
    return [one for one in run_checks(material_of(built.snapshot(), *audiences, **more)) if one.kind is kind]


def test_check_finds_nothing_in_a_release_in_order() -> None:
    built = case("Weights are kept in three places.", "Storage is looked after.")
    assert run_checks(material_of(built.snapshot(), FULL, REVIEWER, PUBLIC)) == ()


def test_mark_that_names_no_redaction_stops() -> None:
    built = case("Words [[R-ZZZZ nobody decided]] here.", "Words [[R-AAAA somebody]] did.")
    (one,) = found(built, FindingKind.UNKNOWN_REDACTION)
    assert (one.stops, one.ref, one.page, one.place) == (True, "C-AAA2", "claims/C-AAA2", "Words nobody decided here.")
    assert "R-ZZZZ" in one.sentence
    assert not one.can_be_settled


def test_unknown_mark_on_a_picture_without_words_stops() -> None:
    mark = {"type": "redaction", "attrs": {"ref": "R-ZZZZ"}}
    picture = {"type": "image", "attrs": {"file": "", "alt": ""}, "marks": [mark]}
    built = SnapshotBuilder().section("S-AAAA", "Figures", [{"type": "figure", "content": [picture]}])
    assert [one.ref for one in found(built, FindingKind.UNKNOWN_REDACTION)] == ["S-AAAA"]


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({}, None),
        ({"ground": None}, "R-AAAA has no ground."),
        ({"note": " \n"}, "R-AAAA has no public note."),
        ({"note": "", "ground": None}, "R-AAAA has no ground and no public note."),
        ({"note": "", "state": RedactionState.LIFTED}, None),
        ({"note": "", "state": RedactionState.PROPOSED}, "R-AAAA has no public note."),
    ],
)
def test_redaction_without_ground_or_note_stops_unless_lifted(changes: dict[str, Any], missing: str | None) -> None:
    sentences = [one.sentence for one in found(case(**changes), FindingKind.UNEXPLAINED_REDACTION) if one.stops]
    assert sentences == ([missing] if missing else [])


@pytest.mark.parametrize("words", ["As {E-GNNE} says.", "As E-GNNE says.", "As e‑gnne says."])
@pytest.mark.parametrize(("gone", "stops"), [(True, True), (False, False)])
def test_reference_to_an_omitted_object_stops(words: str, gone: bool, stops: bool) -> None:
    hide = redaction("R-AAAA", cover=Cover.OBJECT, target="E-GNNE", omitted=gone)
    built = SnapshotBuilder(hide).evidence("E-GNNE", "A trial").section("S-AAAA", "On it", f"First. {words}")
    places = [(one.ref, one.place) for one in found(built, FindingKind.CITES_OMITTED, PUBLIC)]
    assert places == ([("S-AAAA", words.replace("{E-GNNE}", "[…]"))] if stops else [])
    assert found(built, FindingKind.CITES_OMITTED, REVIEWER) == []


def test_hidden_citation_of_an_omitted_object_is_no_finding() -> None:
    gone = redaction("R-AAAA", cover=Cover.OBJECT, target="E-GNNE", omitted=True)
    built = SnapshotBuilder(gone, redaction("R-BBBB")).evidence("E-GNNE", "A trial")
    built.section("S-AAAA", "On it", "First. [[R-BBBB As E-GNNE says]].")
    assert found(built, FindingKind.CITES_OMITTED) == []


QUOTES = [
    ("We know that the isolated storage tier is patched weekly.", "the isolated storage tier is patched weekly"),
    ("ISOLATED  Storage,\u00a0tier is", "ISOLATED  Storage,\u00a0tier is"),
    ("an isolated storage tier is near", "isolated storage tier is"),
    ("the іѕоlаtеd ѕtоrаgе tіеr іѕ", "the іѕоlаtеd ѕtоrаgе tіеr іѕ"),
    ("iso\u00adla\u200bted sto-\nrage tier is", "iso\u00adla\u200bted sto-\nrage tier is"),
    ("ｉｓｏｌａｔｅｄ 𝐬𝐭𝐨𝐫𝐚𝐠𝐞 tie\u0301r is", "ｉｓｏｌａｔｅｄ 𝐬𝐭𝐨𝐫𝐚𝐠𝐞 tie\u0301r is"),
    ("isolated“storage”—tier/is", "isolated“storage”—tier/is"),
    ("an isolated\u200bstorage\u200btier\u200bis kept", "isolated\u200bstorage\u200btier\u200bis"),
]
NO_QUOTES = [
    "An isolated storage tier.",  # three words
    "An isolated tier of storage is patched every week by their contractors.",
    "Misisolated storage tiers is patched",
]


@pytest.mark.parametrize(("words", "quoted"), QUOTES)
def test_quote_stops_in_any_spelling(words: str, quoted: str) -> None:
    (one,) = found(case(words, "Nothing of the kind."), FindingKind.QUOTE)
    assert (one.stops, one.can_be_settled, one.version) == (True, True, 3)
    assert (one.words, one.ref, one.redaction_ref, one.audience) == (quoted, "C-AAA2", "R-AAAA", "public")
    assert one.text_key
    assert (one.start, one.end) == (
        utf16_length(words[: words.index(quoted)]),
        utf16_length(words[: words.index(quoted)] + quoted),
    )


@pytest.mark.parametrize("words", NO_QUOTES)
def test_near_miss_is_no_quote(words: str) -> None:
    assert found(case(words), FindingKind.QUOTE) == []


def test_four_common_words_are_no_quote_until_two_uncommon_ones_join() -> None:
    hidden = "[[R-AAAA It is one of the tiers which were then patched]]."
    assert found(case("It is one of the others.", hidden=hidden), FindingKind.QUOTE) == []
    assert found(case("It is one of the tiers.", hidden=hidden), FindingKind.QUOTE) == []
    (one,) = found(case("Then it is one of the tiers which were then patched up.", hidden=hidden), FindingKind.QUOTE)
    assert one.words == "it is one of the tiers which were then patched"


def test_bar_between_words_parts_a_quote() -> None:
    built = case("An isolated storage [[R-AAAA and so on]] tier is.", "An isolated storage tier is.")
    assert [one.ref for one in found(built, FindingKind.QUOTE)] == ["C-AAA3"]


def test_quote_across_paragraphs_and_citations_is_found() -> None:
    built = case().section("S-BBBB", "Other", "An isolated storage\n\ntier {C-AAAA} is kept.")
    assert [one.ref for one in found(built, FindingKind.QUOTE)] == ["S-BBBB"]


def test_quote_is_looked_for_in_the_editions_where_it_is_hidden() -> None:
    built = case("The isolated storage tier is patched.")
    assert [one.audience for one in found(built, FindingKind.QUOTE, FULL, REVIEWER, PUBLIC, PARTNER)] == [
        "public",
        "partner",
    ]


def test_quote_of_a_lifted_redaction_is_none() -> None:
    assert found(case("The isolated storage tier is patched.", state=RedactionState.LIFTED), FindingKind.QUOTE) == []


def test_quote_positions_are_those_of_the_live_text() -> None:
    built = case("Be it [[R-AAAA 😀 hidden here]] or 😀 not, the isolated storage tier is patched.")
    (one,) = found(built, FindingKind.QUOTE)
    live = "".join(leaf.text for leaf in document_of(built.claims[0].statement).leaves()).encode("utf-16-le")
    assert live[one.start * 2 : one.end * 2].decode("utf-16-le") == "the isolated storage tier is patched"


def test_quotes_are_looked_for_in_every_readable_word() -> None:
    quote = "isolated storage tier is patched"
    link = {"type": "link", "attrs": {"href": f"https://example.org/{quote.replace(' ', '%20')}"}}
    blocks = [
        {"type": "paragraph", "content": [{"type": "text", "text": "here", "marks": [link]}]},
        {"type": "figure", "content": [{"type": "image", "attrs": {"file": "", "alt": quote}}]},
        {"type": "formula_block", "attrs": {"tex": f"\\text{{{quote}}}"}},
        {"type": "paragraph", "content": [{"type": "footnote", "content": [{"type": "text", "text": quote}]}]},
    ]
    other = redaction("R-BBBB", note=f"Note: {quote}.", instead={"public": f"Instead: {quote}."})
    audience = replace(PUBLIC, sees_marks_of=(replace(PARTNER, name=f"Name: {quote}"),))
    built = SnapshotBuilder(redaction("R-AAAA"), other, audiences=(audience,)).titled(f"Title: {quote}")
    built.section("S-AAAA", "Storage", SECRET).section("S-BBBB", f"Heading: {quote}", blocks)
    built.claim("C-AAAA", "[[R-BBBB Other]] words").claim("C-BBBB", "Claim", f"Basis: {quote}.")
    built.support("L-AAAA", "C-AAAA", "C-BBBB", f"Reason: {quote}.").evidence("E-AAAA", "Trial", f"Once. {quote}.")
    built.bearing("B-AAAA", "E-AAAA", "C-AAAA", f"Place: {quote}.")
    edition = edition_of(built.snapshot(), audience, f"Hidden for security: {quote}.")
    places = {
        one.sentence.split(" stand readable in ")[1]
        for one in run_checks(CheckMaterial(built.snapshot(), (edition,), files=frozenset({""})))
    }
    assert places == {
        "the title of K-TEST.",
        "the title of S-BBBB.",
        "a link target in the body of S-BBBB.",
        "an alternative text in the body of S-BBBB.",
        "a formula in the body of S-BBBB.",
        "a footnote in the body of S-BBBB.",
        "the basis of C-BBBB.",
        "the reason of L-AAAA.",
        "the description of E-AAAA.",
        "the place of B-AAAA.",
        "the public note of R-BBBB.",
        "the words shown instead by R-BBBB.",
        "the redaction statement.",
        "the name of an audience.",
    }


@pytest.mark.parametrize("omitted", [False, True])
def test_words_of_masked_and_omitted_objects_are_hidden_words(omitted: bool) -> None:
    hide = redaction("R-AAAA", cover=Cover.OBJECT, target="C-AAAA", omitted=omitted)
    built = SnapshotBuilder(hide).claim("C-AAAA", HIDDEN, "It rests on nightly backups of escrow keys.")
    built.claim("C-BBBB", "Isolated storage tier is.").section(
        "S-AAAA", "Keys", "Nightly backups of escrow keys are made."
    )
    quotes = found(built, FindingKind.QUOTE)
    assert [(one.ref, one.redaction_ref) for one in quotes] == [("S-AAAA", "R-AAAA"), ("C-BBBB", "R-AAAA")]
    assert found(built, FindingKind.QUOTE, REVIEWER) == []


def test_reason_of_a_masked_link_is_hidden_words() -> None:
    hide = redaction("R-AAAA", cover=Cover.LINK, target="L-AAAA")
    built = SnapshotBuilder(hide).claim("C-AAAA", "One").claim("C-BBBB", "Isolated storage tier is.")
    built.support("L-AAAA", "C-AAAA", "C-BBBB", HIDDEN)
    assert [one.ref for one in found(built, FindingKind.QUOTE)] == ["C-BBBB"]


def test_each_run_and_sentence_is_one_finding_at_the_longest_quote() -> None:
    built = case(
        "The isolated storage tier is. Isolated storage tier is and the isolated storage tier is patched weekly."
    )
    words = [one.words for one in found(built, FindingKind.QUOTE)]
    assert words == ["The isolated storage tier is", "the isolated storage tier is patched weekly"]


def test_registered_term_stops_where_it_is_hidden_and_readable() -> None:
    built = case("The Storage-Tier is kept.", "Another tier is kept.")
    (one,) = found(built, FindingKind.TERM, registered_terms=("storage tier", "escrow key"))
    assert (one.stops, one.ref, one.words) == (True, "C-AAA2", "Storage-Tier")
    assert found(built, FindingKind.TERM) == []


STATEMENTS = [
    (None, [FindingKind.NO_STATEMENT]),
    ("  ", [FindingKind.NO_STATEMENT]),
    ("Some words are hidden.", [FindingKind.STATEMENT_DIFFERS]),
    ("Words are hidden for reasons of Security.", []),
    ("Words are hidden for security and as a legal duty.", [FindingKind.STATEMENT_DIFFERS]),
    ("A matter of insecurity.", [FindingKind.STATEMENT_DIFFERS]),
]


@pytest.mark.parametrize(("statement", "kinds"), STATEMENTS)
def test_statement_of_an_outward_edition_names_the_grounds_of_its_bars(
    statement: str | None, kinds: list[FindingKind]
) -> None:
    snapshot = case().snapshot()
    outward, inward = edition_of(snapshot, PUBLIC, statement or ""), edition_of(snapshot, FULL, "")
    findings = run_checks(CheckMaterial(snapshot, (outward, inward)))
    assert [(one.kind, one.audience, one.stops) for one in findings] == [(kind, "public", True) for kind in kinds]


def test_statement_counts_bars_of_objects_and_attributes_and_no_marks_of_others() -> None:
    hide = redaction("R-AAAA", cover=Cover.OBJECT, target="C-AAAA", ground=Ground.LEGAL_DUTY)
    grade = redaction("R-BBBB", cover=Cover.ATTRIBUTE, target="C-BBBB", attribute="grade", ground=Ground.PRIVACY)
    built = (
        SnapshotBuilder(hide, grade, redaction("R-CCCC")).claim("C-AAAA", "One").claim("C-BBBB", "Two [[R-CCCC too]]")
    )
    edition = edition_of(built.snapshot(), REVIEWER, "Legal duty, privacy.")
    assert run_checks(CheckMaterial(built.snapshot(), (edition,))) == ()


SHORT = [
    ("It took [[R-AAAA 4,217]] tries.", "After 4 217 runs.", "4 217"),
    ("It took [[R-AAAA 4,217]] tries.", "After 4,218 runs.", None),
    ("It was [[R-AAAA 12.5 %]] of it.", "Some 12.50 percent of all.", "12.50"),
    ("It was [[R-AAAA 12]] percent of it.", "Some 12 % of all.", "12"),
    ("It was [[R-AAAA 12]] percent of it.", "Some 12 pathways.", None),
    ("It was [[R-AAAA 87]].", "A rate of 87 was met.", "87"),
    ("It was [[R-AAAA 3]] of them.", "There are 3 claims.", None),
    ("It is on page [[R-AAAA 3]].", "See page 3.", None),
    ("It cost [[R-AAAA 3.2 million]] dollars.", "It cost 3,200,000 euros.", "3,200,000"),
    ("It was [[R-AAAA ٤٢١٧]] tries.", "After 4\u200b217 runs.", "4\u200b217"),
    ("It is kept by [[R-AAAA Halden]] alone.", "Ask halden's staff.", "halden"),
    ("It is kept by [[R-AAAA Halden]] alone.", "Ask Haldenberg.", None),
    ("It is kept by [[R-AAAA the North Gate team]].", "Ask at north gate.", "north gate"),
    ("It is kept by [[R-AAAA March]] at last.", "In March it was.", None),
    ("It is kept [[R-AAAA there]] now.", "It is there.", None),
    ("It is in the [[R-AAAA isolated storage tier]].", "The isolated storage tier is.", "isolated storage tier"),
    ("We saw [[R-AAAA that Bluefin made 9,731 tries before it stopped]].", "Bluefin is a name.", "Bluefin"),
    ("We saw [[R-AAAA that Bluefin made 9,731 tries before it stopped]].", "Then 9731 more.", "9731"),
    ("We saw [[R-AAAA that it was stopped in 2024 after long trials]].", "In 2024 all was well.", None),
    ("[[R-AAAA Contractors]] do it.", "The contractors work.", None),
]


@pytest.mark.parametrize(("hidden", "elsewhere", "words"), SHORT)
def test_short_hidden_words_warn_where_they_stand_readable(hidden: str, elsewhere: str, words: str | None) -> None:
    findings = found(case(elsewhere, hidden=hidden), FindingKind.SHORT)
    assert [(one.words, one.ref, one.severity) for one in findings] == (
        [(words, "C-AAA2", Severity.WARNS)] if words else []
    )
    assert not any(one.stops for one in findings)


def test_words_declared_a_name_are_one_even_where_a_sentence_begins() -> None:
    built = case("The contractors work.", hidden="[[R-AAAA Contractors]] do it.", extent=Extent.NAME)
    assert [one.words for one in found(built, FindingKind.SHORT)] == ["contractors"]


def test_name_inside_longer_words_that_is_readable_everywhere_is_no_secret() -> None:
    hidden = "We saw [[R-AAAA that Bluefin made some tries before it stopped]]."
    rare, everywhere = (
        case(*["Bluefin is a name."] * 3, hidden=hidden),
        case(*["Bluefin is a name."] * 4, hidden=hidden),
    )
    assert (len(found(rare, FindingKind.SHORT)), len(found(everywhere, FindingKind.SHORT))) == (3, 0)


@pytest.mark.parametrize(
    ("before", "lost"),
    [
        (f"It is so. {HIDDEN}. That is why.", HIDDEN),
        ("It is so. An isolated storage tier is patched. That is why.", "isolated storage tier is patched"),
        ("It is so. That is why.", None),
    ],
)
def test_words_that_the_audience_already_read_warn(before: str, lost: str | None) -> None:
    built = case()
    earlier = {built.sections[0].body.key: before, "t-gone": HIDDEN}
    snapshot = built.snapshot()
    findings = run_checks(
        CheckMaterial(snapshot, (edition_of(snapshot, PUBLIC, earlier=earlier), edition_of(snapshot, FULL)))
    )
    assert [(one.kind, one.words, one.audience) for one in findings] == (
        [(FindingKind.LOST, lost, "public")] if lost else []
    )


def test_short_words_are_lost_only_when_they_stand_there_less_often_now() -> None:
    built = case(hidden="The old tier and the [[R-AAAA tier]] in the north.")
    for before, lost in (("The old tier and the tier in the north.", 1), ("The old tier in the north.", 0)):
        edition = edition_of(built.snapshot(), PUBLIC, earlier={built.sections[0].body.key: before})
        assert len(run_checks(CheckMaterial(built.snapshot(), (edition,)))) == lost


@pytest.mark.parametrize(
    ("before", "lost"),
    [
        ("It runs on ▮ tier Halden, they say.", ["tier Halden"]),  # two words joined an older bar
        ("It runs on ▮ tier Borealis, they say.", []),  # other words went from there
        ("It runs on ▮, and Halden too, they say.", []),  # gone elsewhere than beside the bar: an edit
        ("It runs on ▮ the, they say.", []),  # common words alone tell nothing
        ("It runs on ▮, they say.", []),
    ],
)
def test_few_words_that_joined_an_older_bar_are_lost(before: str, lost: list[str]) -> None:
    built = case(hidden="It runs on [[R-AAAA the isolated storage tier Halden]], they say.")
    edition = edition_of(built.snapshot(), PUBLIC, earlier={built.sections[0].body.key: before})
    findings = run_checks(CheckMaterial(built.snapshot(), (edition,)))
    assert [(one.kind, one.words) for one in findings] == [(FindingKind.LOST, words) for words in lost]


def test_words_of_an_object_that_is_masked_now_are_lost() -> None:
    hide = redaction("R-AAAA", cover=Cover.OBJECT, target="C-AAAA")
    built = SnapshotBuilder(hide).claim("C-AAAA", HIDDEN)
    edition = edition_of(built.snapshot(), PUBLIC, earlier={built.claims[0].statement.key: HIDDEN})
    assert [one.kind for one in run_checks(CheckMaterial(built.snapshot(), (edition,)))] == [FindingKind.LOST]


@pytest.mark.parametrize(
    ("ground", "pairs"),
    [
        (Ground.SECURITY, [("partner", "External reviewer")]),  # Public is cleared for less than both
        (Ground.PRIVACY, [("external_reviewer", "Partner")]),
        (Ground.LEGAL_DUTY, []),
    ],
)
def test_words_shown_to_an_audience_not_cleared_for_more_warn(ground: Ground, pairs: list[tuple[str, str]]) -> None:
    findings = found(case(ground=ground), FindingKind.UNEVEN, FULL, REVIEWER, PUBLIC, PARTNER)
    assert [(one.audience, one.stops) for one in findings] == [(key, False) for key, _ in pairs]
    assert all(name in one.sentence for one, (_, name) in zip(findings, pairs, strict=True))


def test_revealed_words_and_objects_are_uneven_for_an_audience_cleared_for_the_same() -> None:
    told = Audience("told", "Told", outward=True, revealed=frozenset({"R-AAAA"}))
    built = case(hidden="Part [[R-AAAA of]] it.")
    assert len(found(built, FindingKind.UNEVEN, PUBLIC, told)) == 1
    hide = redaction("R-AAAA", cover=Cover.OBJECT, target="C-AAAA")
    assert len(found(SnapshotBuilder(hide).claim("C-AAAA", HIDDEN), FindingKind.UNEVEN, PUBLIC, told)) == 1


def test_words_hidden_twice_are_shown_to_nobody_who_loses_either() -> None:
    both = (redaction("R-AAAA"), redaction("R-BBBB", ground=Ground.PRIVACY))
    built = SnapshotBuilder(*both).section("S-AAAA", "Both", "Some [[R-AAAA,R-BBBB secret words]] here.")
    assert found(built, FindingKind.UNEVEN, REVIEWER, PUBLIC, PARTNER) == []


def test_hidden_link_targets_are_no_hidden_words() -> None:
    link = {"type": "link", "attrs": {"href": "https://example.org/isolated-storage-tier-patched"}}
    mark = {"type": "redaction", "attrs": {"ref": "R-AAAA"}}
    texts = [
        {"type": "text", "text": "here", "marks": [mark, link]},
        {"type": "text", "text": " and there", "marks": [link]},
    ]
    built = SnapshotBuilder(redaction("R-AAAA")).section("S-AAAA", "Links", [{"type": "paragraph", "content": texts}])
    assert run_checks(material_of(built.snapshot(), PUBLIC)) == ()
