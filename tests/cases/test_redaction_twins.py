"""Non-interference of the rule: texts with one visible part read byte for byte the same, whatever is hidden (DESIGN §3, §10)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from prosemirror.model import Node as LibraryNode

from cases.redaction import Redaction, RedactionState, Register, rebuild, redact_document, units
from prose import nodes
from prose.content import check_content
from prose.nodes import Node, canonical, node_to_json
from prose.schema import TextSchema, shown_schema_for
from tests.cases.fillings import Filler
from tests.cases.naive_rule import Atom, atoms_of, naive_rule
from tests.cases.twins import EXTERNAL, FULL, HIDING, PUBLIC, REGISTER, UNKNOWN, Dice, Visible

PAIRS = max(500, settings().max_examples)  # 20,000 under HYPOTHESIS_PROFILE=nightly
HEALTH = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]
MANY = settings(max_examples=PAIRS, deadline=None, suppress_health_check=HEALTH)
SOME = settings(MANY, max_examples=PAIRS // 5)


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
    visible, filler = Visible(dice).document(kind), Filler(dice)
    first, second = (check_content(filler.document(visible), kind) for _ in range(2))
    return Twins(kind, first, second, filler.seen)


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
    for less, more in zip(read, read[1:], strict=False):
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


# Seeded faults: the two tests above must see each of them.

Patch = pytest.MonkeyPatch


@cache
def sample() -> tuple[Twins, ...]:
    """A fixed set of pairs, made once."""
    out: list[Twins] = []

    @settings(MANY, max_examples=250, derandomize=True, database=None, phases=[Phase.generate])
    @given(twins())
    def collect(pair: Twins) -> None:
        out.append(pair)

    collect()
    return tuple(out)


def fault_runs_are_not_merged(patch: Patch) -> None:
    patch.setattr(rebuild, "_end_of_run", lambda _units, start: start + 1)


def fault_bar_for_every_block(patch: Patch) -> None:
    right = rebuild._end_of_run

    def wrong(found: list[units.Unit], start: int) -> int:
        end = right(found, start)
        return next((i for i in range(start + 1, end) if found[i].block != found[start].block), end)

    patch.setattr(rebuild, "_end_of_run", wrong)


def fault_spaces_end_a_run(patch: Patch) -> None:
    patch.setattr(units, "is_soft", lambda _leaf: False)


def fault_hard_break_ends_a_run(patch: Patch) -> None:
    right = units.is_soft
    patch.setattr(units, "is_soft", lambda leaf: leaf.type != "hard_break" and right(leaf))


def fault_empty_blocks_end_a_run(patch: Patch) -> None:
    right = rebuild._end_of_run

    def wrong(found: list[units.Unit], start: int) -> int:
        return next(
            (i for i in range(start + 1, right(found, start)) if found[i].kind is units.Kind.EMPTY), right(found, start)
        )

    patch.setattr(rebuild, "_end_of_run", wrong)


def fault_bar_is_changed(patch: Patch, change: str) -> None:
    right = rebuild._Build.place_bar

    def wrong(self: rebuild._Build, run: list[units.Unit], following: units.Unit | None) -> None:
        right(self, run, None if change == "rest stays" else following)
        block = next(b for b in self.blocks if b.piece.children and b.piece.children[-1].live[1] == run[-1].live[1])
        bar, source = block.piece.children[-1], run[0].block
        if change == "length":
            bar.node = Node("withheld", {**bar.node.attrs, "length": run[-1].live[1] - run[0].live[0]})
        elif change == "link":
            leaf = rebuild._node_at(self.realm, run[0].path)
            bar.node = Node(
                "withheld", bar.node.attrs, marks=tuple(mark for mark in leaf.marks if mark.type != "redaction")
            )
        elif change == "kind" and block.path is None and source:
            block.piece.node = Node(rebuild._node_at(self.realm, source).type)
        elif change == "place" and block.path is None:
            *outer, (index, _) = source or run[0].path
            block.path = (*outer, (index, 1))

    patch.setattr(rebuild._Build, "place_bar", wrong)


def fault_bar_tells_length(patch: Patch) -> None:
    fault_bar_is_changed(patch, "length")


def fault_bar_keeps_the_link(patch: Patch) -> None:
    fault_bar_is_changed(patch, "link")


def fault_bar_keeps_the_hidden_block_kind(patch: Patch) -> None:
    fault_bar_is_changed(patch, "kind")


def fault_bar_stands_where_the_hidden_block_stood(patch: Patch) -> None:
    fault_bar_is_changed(patch, "place")


def fault_rest_stays_in_its_block(patch: Patch) -> None:
    fault_bar_is_changed(patch, "rest stays")


def fault_equal_neighbours_are_not_merged(patch: Patch) -> None:
    patch.setattr(rebuild, "merge_equal", tuple)


def fault_references_are_not_sorted(patch: Patch) -> None:
    right = Register.items
    patch.setattr(Register, "items", lambda self, refs, audience: right(self, refs, audience)[::-1])


def fault_unknown_redaction_shows(patch: Patch) -> None:
    right = Register.hiding
    patch.setattr(
        Register, "hiding", lambda self, refs, audience: right(self, [r for r in refs if r in self.by_ref], audience)
    )


def fault_one_that_shows_is_enough(patch: Patch) -> None:
    right = Register.hiding

    def wrong(self: Register, refs: frozenset[str], audience: object) -> tuple[str, ...]:
        found = right(self, refs, audience)  # type: ignore[arg-type]
        return found if len(found) == len(refs) else ()

    patch.setattr(Register, "hiding", wrong)


def fault_unknown_ground_shows(patch: Patch) -> None:
    right = Redaction.hides_from
    patch.setattr(Redaction, "hides_from", lambda self, audience: self.ground is not None and right(self, audience))


def fault_a_proposal_does_not_hide(patch: Patch) -> None:
    right = Redaction.hides_from
    patch.setattr(
        Redaction,
        "hides_from",
        lambda self, audience: self.state is not RedactionState.PROPOSED and right(self, audience),
    )


def fault_bar_names_lifted_redactions(patch: Patch) -> None:
    right = units.Reader.hiding
    patch.setattr(
        units.Reader,
        "hiding",
        lambda self, node, inherited: node.refs() | inherited if right(self, node, inherited) else frozenset(),
    )


def fault_lifted_marks_stay(patch: Patch) -> None:
    right = units.Reader.shown
    patch.setattr(
        units.Reader,
        "shown",
        lambda self, n, inherited: Node(n.type, n.attrs, marks=n.marks + right(self, n, inherited).marks, text=n.text),
    )


def fault_tables_always_keep_their_grid(patch: Patch) -> None:
    patch.setattr(units, "_labels", lambda _table: iter(()))


def fault_only_header_cells_are_labels(patch: Patch) -> None:
    right = units._labels
    patch.setattr(units, "_labels", lambda table: (pair for pair in right(table) if pair[1].type == "table_header"))


def fault_hidden_realms_stay(patch: Patch) -> None:
    patch.setattr(units, "_as_one", lambda _inside, unit: unit)


def fault_runs_cross_realm_borders(patch: Patch) -> None:
    patch.setattr(units, "REALMS", frozenset())


def fault_realms_with_soft_edges_always_join(patch: Patch) -> None:
    patch.setattr(units, "settled", lambda found, **_: found)
    patch.setattr(rebuild, "settled", lambda found, **_: found)


def fault_marks_on_blocks_are_overlooked(patch: Patch) -> None:
    right = units.Reader.hiding
    patch.setattr(units.Reader, "hiding", lambda self, node, _inherited: right(self, node, frozenset()))


def fault_empty_caption_outlives_its_picture(patch: Patch) -> None:
    right = units._collect

    def wrong(parent: Node, start: int, *rest: object) -> None:
        out = rest[-1]
        assert isinstance(out, list)
        right(parent, start, *rest)  # type: ignore[arg-type]
        if parent.type == "figure" and parent.content[-1].type == "caption" and not parent.content[-1].content:
            path = (*rest[0], (1, 0))  # type: ignore[misc]
            out.append(
                units.Unit(units.Kind.EMPTY, path, None, (start, start + 2), piece=units.Piece(Node("caption"), (0, 0)))
            )

    patch.setattr(units, "_collect", wrong)


FAULTS = [
    value for name, value in list(globals().items()) if name.startswith("fault_") and name != "fault_bar_is_changed"
]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__.removeprefix("fault_"))
def test_a_seeded_fault_is_seen(fault: object, monkeypatch: Patch) -> None:
    pairs = sample()
    assert callable(fault)
    fault(monkeypatch)
    assert any(_is_seen(pair) for pair in pairs)


def _is_seen(pair: Twins) -> bool:
    try:
        check_twins(pair)
    except (AssertionError, LookupError, TypeError, ValueError, AttributeError):
        return True
    return False


def test_without_a_fault_the_sample_is_clean() -> None:
    assert not any(_is_seen(pair) for pair in sample())
