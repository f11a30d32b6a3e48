"""Seeded faults in the rule: the twins or the naive rule must see each of them."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import Phase, given, settings

from cases.redaction import Redaction, RedactionState, Register, rebuild, units
from prose.nodes import Node
from tests.cases.test_redaction_twins import MANY, Twins, check_twins, twins

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
        elif change == "rest place" and block.path is None and following and following.block == run[-1].block:
            block.path = following.block

    patch.setattr(rebuild._Build, "place_bar", wrong)


def fault_bar_tells_length(patch: Patch) -> None:
    fault_bar_is_changed(patch, "length")


def fault_bar_keeps_the_link(patch: Patch) -> None:
    fault_bar_is_changed(patch, "link")


def fault_bar_keeps_the_hidden_block_kind(patch: Patch) -> None:
    fault_bar_is_changed(patch, "kind")


def fault_bar_stands_where_the_hidden_block_stood(patch: Patch) -> None:
    fault_bar_is_changed(patch, "place")


def fault_bar_stands_where_its_rest_stood(patch: Patch) -> None:
    fault_bar_is_changed(patch, "rest place")


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
