"""The rule by example: where a bar stands, what it says, and what hides (DESIGN §3, §10)."""

from __future__ import annotations

import pytest

from cases.redaction import (
    Audience,
    Cover,
    Extent,
    Ground,
    Presence,
    Redaction,
    RedactionState,
    Register,
    Shown,
    Withheld,
    presence,
    redact_document,
    shown_attribute,
)
from prose.anchors import HiddenMap, Span
from prose.nodes import Json, Node, node_from_json, node_to_json

PUBLIC = Audience("public", "Public", outward=True)
REVIEWER = Audience(
    "external", "External reviewer", outward=True, cleared=frozenset({Ground.SECURITY}), sees_marks_of=(PUBLIC,)
)


def redaction(ref: str, ground: Ground | None = Ground.SECURITY, **fields: object) -> Redaction:
    base: dict[str, object] = {"note": "a note", "extent": Extent.NAME, "state": RedactionState.APPROVED}
    return Redaction(ref, ground, **{**base, **fields})  # type: ignore[arg-type]  # the fields of a redaction


REGISTER = Register.of([redaction("R-SEC"), redaction("R-LAW", Ground.LEGAL_DUTY)])


def t(words: str, *refs: object, **extra: Json) -> Node:
    marks: list[Json] = [{"type": "redaction", "attrs": {"ref": ref}} for ref in refs]  # type: ignore[dict-item]
    return node_from_json({"type": "text", "text": words, "marks": marks, **extra})


def n(kind: str, *content: Node, **attrs: Json) -> Node:
    return Node(kind, attrs, content)


def p(*content: Node) -> Node:
    return n("paragraph", *content)


def li(*content: Node) -> Node:
    return n("list_item", *content)


def outline(node: Node) -> str:
    """A document on one line: words, bars as [refs], blocks in brackets."""
    if node.is_text:
        return node.text
    if node.type == "withheld":
        items = node.attrs["items"]
        assert isinstance(items, list)
        return "[" + " ".join(str(item["ref"]) or "?" for item in items if isinstance(item, dict)) + "]"
    inside = "".join(outline(child) for child in node.content)
    short = {"doc": "", "paragraph": "p", "bullet_list": "ul", "list_item": "li", "table_row": "tr", "table_cell": "td"}
    name = short.get(node.type, node.type)
    return f"{name}({inside})" if name else inside


def read(*blocks: Node, audience: Audience = PUBLIC, register: Register = REGISTER) -> str:
    return outline(redact_document(n("doc", *blocks), register, audience)[0])


def turn(speaker: str, *content: Node) -> Node:
    return n("turn", n("speaker", *([t(speaker)] if speaker else [])), p(*content))


H = "R-SEC"
HIDDEN = t("secret", H)


@pytest.mark.parametrize(
    ("blocks", "expected"),
    [
        ([p(t("a "), HIDDEN, t(" b"))], "p(a [R-SEC] b)"),
        ([p(t("a "), HIDDEN, t(", "), t("more", "R-LAW"), t(" b"))], "p(a [R-LAW R-SEC] b)"),
        ([p(t("a "), HIDDEN), n("heading", t("x", "R-LAW"), t(" rest")), p(t("z"))], "p(a [R-LAW R-SEC] rest)p(z)"),
        ([n("heading", HIDDEN, t(" rest"))], "p([R-SEC] rest)"),
        ([n("heading", t("Now "), HIDDEN)], "heading(Now [R-SEC])"),
        ([p(HIDDEN), p(), n("code_block", t("x", H)), p(t("z"))], "p([R-SEC])p(z)"),
        ([p(), p(HIDDEN), p()], "p()p([R-SEC])p()"),
        ([n("bullet_list", li(p(t("a"))), li(p(HIDDEN)), li(p(t("b"))))], "ul(li(p(a))li(p([R-SEC]))li(p(b)))"),
        ([n("bullet_list", li(p(t("a")), p(HIDDEN), p(t("b"))))], "ul(li(p(a)p([R-SEC])p(b)))"),
        ([n("bullet_list", li(p(t("a"))), li(p(HIDDEN, t(" rest")))), p(t("z"))], "ul(li(p(a)))p([R-SEC] rest)p(z)"),
        ([n("figure", n("image", alt="x"), n("caption", HIDDEN))], "figure(image())p([R-SEC])"),
    ],
)
def test_run_becomes_one_bar_where_it_starts(blocks: list[Node], expected: str) -> None:
    assert read(*blocks) == expected


def test_turns_are_walls_unless_wholly_hidden() -> None:
    partly = n("transcript", turn("Ada", HIDDEN), turn("Jun", HIDDEN))
    wholly = n("transcript", turn("", HIDDEN), turn("", HIDDEN), turn("Jun", t("yes")))
    assert read(partly) == "transcript(turn(speaker(Ada)p([R-SEC]))turn(speaker(Jun)p([R-SEC])))"
    assert read(wholly) == "p([R-SEC])transcript(turn(speaker(Jun)p(yes)))"


def test_turn_with_a_dash_for_its_speaker_joins_only_a_run_that_goes_on_before_it() -> None:
    dash = n("transcript", turn("—", HIDDEN))
    assert read(p(HIDDEN), dash, p(t("z"))) == "p([R-SEC])p(z)"
    assert read(p(t("a")), dash, p(t("z"))) == "p(a)transcript(turn(speaker(—)p([R-SEC])))p(z)"


def row(*cells: Node) -> Node:
    return n("table_row", *(n("table_cell", p(*([cell] if cell.text else []))) for cell in cells))


def test_table_keeps_its_grid_only_where_labels_are_shown() -> None:
    kept = n("table", row(t("name"), t("value")), row(t("a"), HIDDEN))
    assert read(kept) == "table(tr(td(p(name))td(p(value)))tr(td(p(a))td(p([R-SEC]))))"
    assert read(n("table", row(t("name"), t("value")), row(HIDDEN, t("12")))) == "p([R-SEC])"
    assert (
        read(n("table", row(t("name"), t("value")), row(t("a"), t("1"))))
        == "table(tr(td(p(name))td(p(value)))tr(td(p(a))td(p(1))))"
    )


def test_picture_and_its_empty_caption_go_together() -> None:
    image = node_from_json({"type": "image", "marks": [{"type": "redaction", "attrs": {"ref": H}}]})
    assert read(p(t("a")), n("figure", image, n("caption")), p(t("z"))) == "p(a)p([R-SEC])p(z)"
    assert read(n("figure", image, n("caption", t("A dog")))) == "p([R-SEC])figure(caption(A dog))"


@pytest.mark.parametrize("ref", ["R-ZZZ", "", 5, None, {"ref": "R-SEC"}])
def test_mark_that_nobody_knows_hides(ref: object) -> None:
    assert read(p(t("a"), t("secret", ref)), audience=REVIEWER) == "p(a[?])"


@pytest.mark.parametrize(
    "mark", [{"type": "redaction"}, {"type": "Redaction", "attrs": {"ref": "R-SEC"}}, {"type": "hidden_from"}]
)
def test_malformed_mark_hides(mark: dict[str, Json]) -> None:
    assert read(p(t("a"), t("secret", marks=[mark])), audience=REVIEWER) == "p(a[?])"


def test_unknown_ground_hides_from_everybody() -> None:
    everything = Audience("full", "Full", outward=False, cleared=frozenset(Ground))
    assert (
        read(p(t("x", "R-NEW")), register=Register.of([redaction("R-NEW", None)]), audience=everything) == "p([R-NEW])"
    )


@pytest.mark.parametrize(
    ("refs", "shows"), [(["R-SEC"], True), (["R-LAW"], False), (["R-SEC", "R-LAW"], False), (["R-SEC", "R-ZZZ"], False)]
)
def test_span_under_several_redactions_shows_only_if_all_do(refs: list[str], shows: bool) -> None:
    assert ("word" in read(p(t("word", *refs)), audience=REVIEWER)) is shows


@pytest.mark.parametrize("state", RedactionState)
def test_only_a_lifted_redaction_shows(state: RedactionState) -> None:
    register = Register.of([redaction("R-SEC", state=state)])
    assert ("secret" in read(p(HIDDEN), register=register)) is (state is RedactionState.LIFTED)


def test_bar_says_ground_note_extent_and_what_is_shown_instead_and_nothing_else() -> None:
    register = Register.of(
        [redaction("R-SEC", instead={"public": "some vendor"}), redaction("R-LAW", Ground.LEGAL_DUTY)]
    )
    linked = t("secret", "R-SEC", "R-LAW")
    linked = Node(
        "text",
        marks=(*linked.marks, *t("x", marks=[{"type": "link", "attrs": {"href": "https://x.org"}}]).marks),
        text="x",
    )
    shown, _ = redact_document(n("doc", p(linked)), register, PUBLIC)
    law = {"ref": "R-LAW", "ground": "legal_duty", "note": "a note", "extent": "name", "instead": "", "load": False}
    security = {
        "ref": "R-SEC",
        "ground": "security",
        "note": "a note",
        "extent": "name",
        "instead": "some vendor",
        "load": False,
    }
    assert node_to_json(shown.content[0].content[0]) == {"type": "withheld", "attrs": {"items": [law, security]}}


def test_reader_sees_what_less_cleared_audiences_do_not() -> None:
    shown, _ = redact_document(n("doc", p(t("a "), HIDDEN)), REGISTER, REVIEWER)
    items = [{"ref": "R-SEC", "ground": "security", "note": "a note", "audiences": ["Public"]}]
    assert [node_to_json(leaf).get("marks") for leaf in shown.leaves()] == [
        None,
        [{"type": "hidden_from", "attrs": {"items": items}}],
    ]


def test_attribute_is_shown_with_its_marks_or_withheld() -> None:
    covered = (redaction("R-SEC", cover=Cover.ATTRIBUTE, target="C-4TN", attribute="grade"),)
    assert shown_attribute("strong", covered, REVIEWER) == Shown("strong", ("Public · security · R-SEC",))
    hidden = shown_attribute("strong", covered, PUBLIC)
    assert isinstance(hidden, Withheld)
    assert [item["ref"] for item in hidden.items] == ["R-SEC"]


def test_object_is_omitted_if_any_redaction_that_hides_it_says_so() -> None:
    masked = redaction("R-SEC", cover=Cover.OBJECT)
    omitted = redaction("R-LAW", Ground.LEGAL_DUTY, cover=Cover.OBJECT, omitted=True)
    assert presence((), PUBLIC) is Presence.OPEN
    assert presence((masked,), REVIEWER) is Presence.OPEN
    assert presence((masked,), PUBLIC) is Presence.MASKED
    assert presence((masked, omitted), PUBLIC) is Presence.OMITTED


def test_hidden_map_carries_ranges_of_the_edition_to_live_positions() -> None:
    _, segments = redact_document(n("doc", p(t("🐝 a "), HIDDEN, t(" b"))), REGISTER, PUBLIC)
    hidden_map = HiddenMap(tuple(segments))
    assert segments == [(1, 6, 1, 6), (6, 7, 6, 12), (7, 9, 12, 14)]
    assert hidden_map.to_live(Span(4, 5)) == Span(4, 5)
    assert hidden_map.to_live(Span(5, 8)) == Span(5, 13)
    assert hidden_map.to_live(Span(6, 7)) == Span(6, 12)
    assert hidden_map.to_live(Span(8, 8)) == Span(13, 13)
    assert HiddenMap.from_json(hidden_map.to_json()) == hidden_map


def test_text_of_the_largest_size_is_redacted_in_one_pass() -> None:
    """Many runs, floating blocks and half hidden realms; anything quadratic would take minutes."""
    turns = n("transcript", *(turn("—" if i % 2 else "", HIDDEN) for i in range(3000)))
    blocks = [p(HIDDEN, t(" rest ")) for _ in range(3000)]
    assert read(*blocks, turns).count("[R-SEC]") == len(blocks) + 1
