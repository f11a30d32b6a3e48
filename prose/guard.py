"""Steps that a client sent, as the library's steps. The library alone is no validator: it takes what no editor would send."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from prosemirror.model import Slice
from prosemirror.transform import ReplaceAroundStep, ReplaceStep
from prosemirror.transform import Step as LibraryStep

from prose.content import LIBRARY_ERRORS, MAX_SIZE
from prose.nodes import Json
from prose.schema import VALIDATORS, TextSchema, schema_for
from prose.shape import MAX_DEPTH, BadContent, check_mark, check_nodes

MAX_STEPS = 500  # a batch; somebody who typed for long without a connection sends several
MAX_BYTES = 256 * 1024  # of a request

# What each step may say: the positions that it must name, in the order in which they must stand, and the rest.
POSITIONS: Mapping[str, tuple[str, ...]] = {
    "replace": ("from", "to"),
    "replaceAround": ("from", "gapFrom", "gapTo", "to"),
    "addMark": ("from", "to"),
    "removeMark": ("from", "to"),
    "addNodeMark": ("pos",),
    "removeNodeMark": ("pos",),
    "attr": ("pos",),
}
OTHERS: Mapping[str, frozenset[str]] = {
    "replace": frozenset({"slice", "structure"}),
    "replaceAround": frozenset({"slice", "structure", "insert"}),
    "addMark": frozenset({"mark"}),
    "removeMark": frozenset({"mark"}),
    "addNodeMark": frozenset({"mark"}),
    "removeNodeMark": frozenset({"mark"}),
    "attr": frozenset({"attr", "value"}),
}


class BadSteps(ValueError):
    """These steps are refused, all of them; `why` is a sentence for whoever typed."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def parsed_steps(raw: Json, kind: TextSchema) -> list[LibraryStep]:
    """The steps of one batch, not yet applied. Raises BadSteps."""
    if not isinstance(raw, list) or not raw:
        raise BadSteps("A change is a list of steps, and this one has none.")
    if len(raw) > MAX_STEPS:
        raise BadSteps(f"A change may have {MAX_STEPS} steps at most; send it in parts.")
    return [_step(one, number, kind) for number, one in enumerate(raw)]


def _step(raw: Json, number: int, kind: TextSchema) -> LibraryStep:
    try:
        _check_step(raw, kind)
        step = LibraryStep.from_json(schema_for(kind), cast("dict[str, Json]", raw))
        if isinstance(step, ReplaceStep | ReplaceAroundStep):
            _check_open(step.slice, step.insert if isinstance(step, ReplaceAroundStep) else 0)
        return step  # noqa: TRY300
    except BadContent as bad:
        raise BadSteps(f"Step {number} was refused: {bad}.") from bad
    except LIBRARY_ERRORS as error:
        raise BadSteps(f"Step {number} was refused: it can't be read.") from error


def _check_step(raw: Json, kind: TextSchema) -> None:
    if not isinstance(raw, dict):
        raise BadContent("a step must be an object")
    name = raw.get("stepType")
    if not isinstance(name, str) or name not in POSITIONS:
        raise BadContent("it is of a kind that texts don't take")
    if extra := sorted(set(raw) - {"stepType", *POSITIONS[name], *OTHERS[name]}):
        raise BadContent(f"unknown key {extra[0][:40]!r}")
    positions = [_whole(raw, key) for key in POSITIONS[name]]
    if positions != sorted(positions):
        raise BadContent("its positions stand in the wrong order")
    if not isinstance(raw.get("structure", False), bool):
        raise BadContent("'structure' is true or false")
    _check_rest(name, raw, kind)


def _check_rest(name: str, raw: dict[str, Json], kind: TextSchema) -> None:
    if name in ("replace", "replaceAround"):
        _check_slice(raw.get("slice", {}), kind)
        if name == "replaceAround":
            _whole(raw, "insert")
    elif name == "attr":
        _check_attribute(raw)
    else:
        check_mark(raw.get("mark"), "mark", kind)


def _check_slice(raw: Json, kind: TextSchema) -> None:
    if not isinstance(raw, dict) or set(raw) - {"content", "openStart", "openEnd"}:
        raise BadContent("a slice is an object with 'content', 'openStart' and 'openEnd'")
    for key in ("openStart", "openEnd"):
        if key in raw:
            _whole(raw, key, most=MAX_DEPTH)
    check_nodes(raw.get("content", []), kind)


def _check_attribute(raw: dict[str, Json]) -> None:
    name = raw.get("attr")
    if not isinstance(name, str) or name not in VALIDATORS or "value" not in raw:
        raise BadContent("it sets an attribute that nothing has")
    try:
        VALIDATORS[name](raw["value"])
    except ValueError as error:
        raise BadContent(f"{name}: {error}") from error


def _whole(raw: Mapping[str, Json], key: str, most: int = MAX_SIZE + 2) -> int:
    value = raw.get(key)
    if type(value) is not int or not 0 <= value <= most:  # a bool is an int, and no position
        raise BadContent(f"{key!r} must be a whole number from 0 to {most}")
    return value


def _check_open(piece: Slice, insert: int) -> None:
    """A slice is open no deeper than its first and last nodes are nested, and a gap is inside of it."""
    if piece.open_start > _nested(piece, 0) or piece.open_end > _nested(piece, -1):
        raise BadContent("its slice is open deeper than it is nested")
    if piece.size < 0 or insert > piece.size:
        raise BadContent("its positions are outside of its slice")


def _nested(piece: Slice, side: int) -> int:
    """How many containers stand one in the other at that side of the slice."""
    depth, nodes = 0, piece.content.content
    while nodes and not nodes[side].is_leaf:
        depth, nodes = depth + 1, nodes[side].content.content
    return depth
