"""Non-interference of the rule: texts with one visible part read byte for byte the same, whatever is hidden (DESIGN §3, §10)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from prosemirror.model import Node as LibraryNode

from cases.redaction import Redaction, RedactionState, Register, redact_document
from prose import nodes
from prose.content import check_content
from prose.nodes import Node, canonical, node_to_json
from prose.schema import TextSchema, shown_schema_for
from tests.cases.fillings import Filler
from tests.cases.hidden import Hider
from tests.cases.naive_rule import Atom, atoms_of, naive_rule
from tests.cases.twins import EXTERNAL, FULL, HIDING, PUBLIC, REGISTER, UNKNOWN, Dice, Visible

ROUNDS = max(
    1, settings().max_examples // 500
)  # 40 under HYPOTHESIS_PROFILE=nightly; one long round would fill the memory
HEALTH = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]
MANY = settings(max_examples=500, deadline=None, suppress_health_check=HEALTH)
SOME = settings(MANY, max_examples=100)


@dataclass(frozen=True)
class Twins:
    """Two live documents with one visible part, and what was used to fill them."""

    kind: TextSchema
    first: Node
    second: Node
    seen: Counter[str]


@st.composite
def twins(draw: st.DrawFn) -> Twins:
    """A visible part, filled twice. `check_content` proves that both fillings are schema-valid; nothing is thrown away."""
    dice = Dice(draw)
    kind = dice.pick((TextSchema.BODY,) * 5 + (TextSchema.LINE,))
    visible, hider = Visible(dice).document(kind), Hider(dice)
    first, second = (check_content(Filler(dice, hider).document(visible), kind) for _ in range(2))
    return Twins(kind, first, second, hider.seen)


def shown_json(document: Node) -> str:
    return canonical(node_to_json(redact_document(document, REGISTER, EXTERNAL)[0]))


def hides_from_external(ref: str) -> bool:
    """Said here again, by hand, so that a fault in the register does not hide itself."""
    return ref in HIDING or ref in UNKNOWN


def atoms_shown(document: Node) -> Iterator[Atom]:
    """The shown document as the naive rule writes it."""
    for leaf in document.leaves():
        if leaf.type == "withheld":
            items = leaf.attrs["items"]
            assert isinstance(items, list)
            yield ("BAR", *(str(item["ref"]) for item in items if isinstance(item, dict)))
        else:
            yield from atoms_of(leaf)


def atoms_expected(document: Node) -> Iterator[Atom]:
    """What the naive rule shows; references that nobody knows have no name."""
    for kind, *refs in naive_rule(document, hides_from_external):
        named = sorted({"" if ref in UNKNOWN else ref for ref in refs})
        yield ("BAR", *named) if kind == "BAR" else (kind, *refs)


def check_twins(pair: Twins) -> None:
    """All that is promised of a pair."""
    first, second = shown_json(pair.first), shown_json(pair.second)
    assert first == second
    assert "canary" not in first.lower()
    for document in (pair.first, pair.second):
        shown, _ = redact_document(document, REGISTER, EXTERNAL)
        assert list(atoms_shown(shown)) == list(atoms_expected(document))


def test_twins_read_the_same_and_as_the_naive_rule_says() -> None:
    seen: Counter[str] = Counter()

    @MANY
    @given(twins())
    def run(pair: Twins) -> None:
        check_twins(pair)
        shown, segments = redact_document(pair.first, REGISTER, EXTERNAL)
        seen.update(pair.seen)
        seen.update(_sights(shown))
        seen["pairs"] += 1
        seen["differing pairs"] += pair.first != pair.second
        seen["wide bars"] += sum(
            shown_to - shown_from < live_to - live_from for shown_from, shown_to, live_from, live_to in segments
        )

    for _ in range(ROUNDS):
        run()
    looked_for = {
        "bar",
        "multi_block",
        "rest_joined",
        "collapsed_table",
        "hidden_realm",
        "soft_absorbed",
        "empty_absorbed",
        "marked_block",
    }
    looked_for |= {
        "bar in cell",
        "bar in footnote",
        "bar in caption",
        "bar in turn",
        "bar in code_block",
        "bar in list_item",
    }
    looked_for |= {"unknown in bar", "several in bar", "hidden_from", "pairs", "differing pairs", "wide bars"}
    assert {sight for sight in looked_for if not seen[sight]} == set()
    assert seen["differing pairs"] > seen["pairs"] // 3


def _sights(node: Node, *around: str) -> Iterator[str]:
    """What there is to see in a shown document."""
    yield from (mark.type for mark in node.marks)
    if node.type == "withheld" and isinstance(items := node.attrs["items"], list):
        yield "bar"
        yield from (f"bar in {'cell' if name.startswith('table_') else name}" for name in around)
        yield from ["several in bar"] if len(items) > 1 else []
        yield from ["unknown in bar"] if any(isinstance(item, dict) and not item["ref"] for item in items) else []
    for child in node.content:
        yield from _sights(child, *around, node.type)


@SOME
@given(twins())
def test_result_is_valid_for_every_audience(pair: Twins) -> None:
    for audience in (EXTERNAL, PUBLIC, FULL):
        shown, _ = redact_document(pair.first, REGISTER, audience)
        document = LibraryNode.from_json(shown_schema_for(pair.kind), node_to_json(shown))
        document.check()
        assert document.content.size == shown.content_size
        assert '"redaction"' not in canonical(node_to_json(shown))


@SOME
@given(twins())
def test_the_more_an_audience_is_cleared_for_the_more_it_reads(pair: Twins) -> None:
    read = [
        [atom for atom in atoms_shown(redact_document(pair.first, REGISTER, audience)[0]) if atom[0] != "BAR"]
        for audience in (PUBLIC, EXTERNAL, FULL)
    ]
    for less, more in pairwise(read):
        remaining = iter(more)
        assert all(atom in remaining for atom in less)


@SOME
@given(twins())
def test_what_nothing_is_hidden_in_comes_back_unchanged(pair: Twins) -> None:
    lifted = Register.of(
        Redaction(ref, None, "", REGISTER.by_ref["R-HAA"].extent, RedactionState.LIFTED)
        for ref in [*REGISTER.by_ref, *UNKNOWN]
    )
    shown, segments = redact_document(pair.first, lifted, FULL)
    assert shown == _without_marks(pair.first)
    assert all(segment[:2] == segment[2:] for segment in segments)


def _without_marks(node: Node) -> Node:
    children = nodes.merge_equal([_without_marks(child) for child in node.content])
    kept = tuple(mark for mark in node.marks if mark.type not in ("redaction", "hidden_from"))
    return Node(node.type, node.attrs, children, kept, node.text)


@SOME
@given(twins())
def test_what_was_redacted_once_is_redacted_to_itself(pair: Twins) -> None:
    shown, _ = redact_document(pair.first, REGISTER, EXTERNAL)
    bare = _without_marks(shown)
    again, _ = redact_document(bare, REGISTER, PUBLIC)
    assert again == bare


@SOME
@given(twins())
def test_hidden_map_leads_every_shown_leaf_to_the_same_words(pair: Twins) -> None:
    shown, segments = redact_document(pair.first, REGISTER, EXTERNAL)
    here, there = dict(_units(shown, 0)), dict(_units(pair.first, 0))
    covered: list[int] = []
    for shown_from, shown_to, live_from, live_to in segments:
        covered += range(shown_from, shown_to)
        assert 0 <= live_from < live_to <= pair.first.content_size
        if here[shown_from] != "withheld":
            assert [here[i] for i in range(shown_from, shown_to)] == [there[i] for i in range(live_from, live_to)]
    assert covered == sorted(here)
    assert [segment[2:] for segment in segments] == sorted(segment[2:] for segment in segments)


def _units(node: Node, position: int) -> Iterator[tuple[int, object]]:
    """Every leaf position with what stands there: half a pair of UTF-16, or the kind of the leaf."""
    if node.is_text:
        units_ = node.text.encode("utf-16-le")
        yield from ((position + i // 2, units_[i : i + 2]) for i in range(0, len(units_), 2))
    elif node.is_leaf:
        yield position, node.type
    else:
        inside = position + (node.type != "doc")
        for child in node.content:
            yield from _units(child, inside)
            inside += child.size
