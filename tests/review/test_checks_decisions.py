"""What was decided about findings before, and what one text that goes outward is held by."""

from __future__ import annotations

from cases.redaction import Cover
from review.checks.findings import Finding, FindingKind
from review.checks.look import MOST_PLACES
from review.checks.material import CheckMaterial
from review.checks.outgoing import quotes_in
from review.checks.run import run_checks
from tests.review.material import PARTNER, PUBLIC, REVIEWER, SnapshotBuilder, edition_of, material_of, redaction
from tests.review.test_checks import HIDDEN, QUOTES, SECRET, case, found


def test_decision_silences_a_finding_until_either_sentence_changes() -> None:
    elsewhere = "Then the isolated storage tier is patched."
    (one,) = found(case(elsewhere), FindingKind.QUOTE)
    decided = {one.fingerprint: "another tier"}

    def holds(built: SnapshotBuilder) -> list[bool]:
        return [finding.stops for finding in found(built, FindingKind.QUOTE, decisions=decided)]

    assert holds(case(elsewhere)) == [False]
    assert found(case(elsewhere), FindingKind.QUOTE, decisions=decided)[0].decided == "another tier"
    assert holds(case(f"Before. {elsewhere.upper()} After.")) == [False]  # other words around, other case
    assert holds(case("Then the isolated storage tier is patched up.")) == [True]
    assert holds(case(elsewhere, hidden=SECRET.replace("weekly", "daily"))) == [True]
    assert holds(case(elsewhere, f"Now {elsewhere}")) == [False, True]


def test_decision_is_no_answer_to_what_can_be_put_right() -> None:
    (one,) = found(case(note=""), FindingKind.UNEXPLAINED_REDACTION)
    assert run_checks(material_of(case(note="").snapshot(), decisions={one.fingerprint: "never mind"}))[0].stops


def test_decision_about_one_audience_says_nothing_of_another() -> None:
    built = case()
    earlier = {built.sections[0].body.key: HIDDEN}
    snapshot = built.snapshot()
    editions = tuple(edition_of(snapshot, audience, earlier=earlier) for audience in (PUBLIC, PARTNER))
    first, second = [one for one in run_checks(CheckMaterial(snapshot, editions)) if one.kind is FindingKind.LOST]
    assert first.fingerprint != second.fingerprint


def test_findings_come_back_from_json_as_they_were() -> None:
    findings = run_checks(material_of(case(*(words for words, _ in QUOTES), note="").snapshot(), PUBLIC, REVIEWER))
    assert len(findings) > len(QUOTES)
    assert tuple(Finding.from_json(one.to_json()) for one in findings) == findings


def test_open_findings_of_one_redaction_are_bounded_and_the_rest_is_counted() -> None:
    built = case(*[f"Number {number}: the isolated storage tier is." for number in range(MOST_PLACES + 5)])
    findings = found(built, FindingKind.QUOTE)
    assert len(findings) == MOST_PLACES
    assert findings[-1].sentence.endswith("There are 5 more such places.")
    settled = {one.fingerprint: "no" for one in findings}
    after = found(built, FindingKind.QUOTE, decisions=settled)
    assert (len(after), sum(one.stops for one in after)) == (MOST_PLACES + 5, 5)


def test_outgoing_words_are_held_by_what_is_hidden_from_their_reader() -> None:
    gone = redaction("R-BBBB", cover=Cover.OBJECT, target="E-GNNE", omitted=True)
    built = SnapshotBuilder(redaction("R-AAAA"), gone).section("S-AAAA", "Storage", SECRET).evidence("E-GNNE", "Trial")
    snapshot = built.snapshot()
    for words in ("Well, the iso\u00adlated storage tier is.", "See E-GNNE."):
        assert [one.stops for one in quotes_in(snapshot, PUBLIC, words)] == [True]
        assert quotes_in(snapshot, REVIEWER, words) == ()
    assert quotes_in(snapshot, PUBLIC, "Thank you, we will look at the tier.") == quotes_in(snapshot, PUBLIC, "") == ()
