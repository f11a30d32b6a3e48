"""A document's parts as rows of a page: what each is, where it would go, how it would look, and what is not taken."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from django.utils.safestring import SafeString

from prose.bars import Tag
from prose.html import render_document
from prose.nodes import Node
from review.bringing.building import levelled, said_in, without_private
from review.bringing.draft import COMMENT, Block, BlockKind, Listed
from review.bringing.faults import CannotBring
from review.bringing.placing.finishing import Finisher
from review.bringing.placing.making import Columns, Maker
from review.bringing.placing.parts import Part, PartKind
from review.bringing.placing.places import MANY, Place
from review.bringing.placing.proposing import chosen, parts_of
from review.bringing.placing.registers import COLUMNS, LABELS
from review.bringing.placing.things import Made, Plan
from review.loaders.bringing.drafts import Opened
from review.loaders.bringing.facts import facts_of, hidings_of
from review.rendering import Surroundings

LONGEST_NAME: Final = 140
SHORT: Final = 60
SEPARATOR: Final = " · "
MOST_PLACES: Final = 4
ONE_EACH: Final = (PartKind.LIST, PartKind.TABLE)
REST: Final = "the rest of its words"
STAYS: Final = {
    PartKind.LIST: "a numbered list, as it is",
    PartKind.TABLE: "a table, as it is",
    PartKind.STATEMENT: "text, as it is",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a list of choices."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class ColumnRow:
    """A column of a register, and what it can be."""

    field: str
    header: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class PartRow:
    """One part as it stands on the page."""

    number: int
    kind: str
    at: str
    name: str
    words: int
    depth: int
    alike: str
    how_many_alike: int
    choices: tuple[Choice, ...]
    columns: tuple[ColumnRow, ...]
    preview: SafeString
    comments: int
    place: Place


@dataclass(frozen=True, slots=True)
class Told:
    """Something that is told of the document: what, its words, where."""

    what: str
    words: str
    at: str


@dataclass(frozen=True, slots=True)
class Placing:
    """The whole page."""

    rows: tuple[PartRow, ...]
    makes: tuple[tuple[int, str], ...]
    left_out: tuple[Told, ...]
    noticed: tuple[Told, ...]
    comments: int
    refused: str


MAKES: Final = {
    "S": ("section", "sections"),
    "P": ("pathway", "pathways"),
    "C": ("claim", "claims"),
    "E": ("piece of evidence", "pieces of evidence"),
    "A": ("assurance", "assurances"),
    "N": ("limitation", "limitations"),
    "T": ("term", "terms"),
    "G": ("group of claims", "groups of claims"),
}


def placing_of(opened: Opened, places: Mapping[int, Place], columns: Columns) -> Placing:
    """The page for these choices; without any, for what is proposed."""
    draft = opened.draft
    parts = chosen(parts_of(draft, opened.empty), dict(places))
    alike = Counter(part.alike for part in parts)
    made = Maker(columns).of(parts)
    plan, left_out, refused = _planned(opened, made)
    counts = Counter(part.letter for part in (plan.parts if plan else made.things))
    comments = len(plan.comments) if plan else 0
    makes = tuple((counts[letter], words[counts[letter] > 1]) for letter, words in MAKES.items() if counts[letter])
    rows = tuple(_row(part, alike, columns) for part in parts if part.kind is not PartKind.GROUP)
    return Placing(rows, makes, _grouped(left_out), _grouped(draft.noticed), comments, refused)


def _planned(opened: Opened, made: Made) -> tuple[Plan | None, list[Listed], str]:
    """What an import would write, everything that it would not take, and why it would be refused, if it would."""
    draft = opened.draft
    try:
        hidings = hidings_of(opened.case_id, draft)
        own = {key: key for key in draft.pictures}
        plan = Finisher(draft, facts_of(opened.case_id, made, hidings, own, {})).plan(made)
    except CannotBring as refused:
        return None, [*draft.unread, *made.listed], str(refused)
    comments = [
        Listed("", f"a comment by {one.said[0].author}, on words that are not imported", one.said[0].words)
        for one in plan.unplaced_comments
    ]
    return plan, [*plan.left_out, *comments], ""


def _grouped(listed: Iterable[Listed]) -> tuple[Told, ...]:
    """What is the same and short is told once."""
    found: dict[str, list[Listed]] = {}
    for one in listed:
        found.setdefault(one.what if len(one.words) <= SHORT else f"{one.what} {one.at} {one.words}", []).append(one)
    return tuple(
        Told(rows[0].what, SEPARATOR.join(row.words for row in rows if row.words), _places(rows))
        for rows in found.values()
    )


def _places(rows: Sequence[Listed]) -> str:
    """Where, the first few."""
    where = list(dict.fromkeys(row.at for row in rows if row.at))
    return ", ".join(where[:MOST_PLACES]) + (
        f" and {len(where) - MOST_PLACES} more" if len(where) > MOST_PLACES else ""
    )


def same_places(opened: Opened, places: Mapping[int, Place], like: int) -> dict[int, Place]:
    """The places, with all parts that are of one kind with that part where it is."""
    parts = chosen(parts_of(opened.draft, opened.empty), dict(places))
    model = next((part for part in parts if part.number == like), None)
    if model is None:
        return dict(places)
    return {**places, **{part.number: model.proposed for part in parts if part.alike == model.alike}}


def _row(part: Part, alike: Counter[str], columns: Columns) -> PartRow:
    blocks = [*part.own, *part.rest]
    if part.kind is PartKind.STATEMENT and part.head is not None:
        blocks = [part.head, *blocks]
    name = _name(part)
    return PartRow(
        number=part.number,
        kind=str(part.kind),
        at=part.at,
        name=name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…",
        words=sum(len(said_in(block.node).split()) for block in blocks),
        depth=min(part.level, 4),
        alike=part.alike,
        how_many_alike=alike[part.alike],
        choices=tuple(Choice(place.value, _label(part, place), place is part.proposed) for place in part.choices),
        columns=tuple(_columns(part, columns)),
        preview=_preview(part, blocks),
        comments=len({key for block in blocks for key in _comments(block)}),
        place=part.proposed,
    )


def _name(part: Part) -> str:
    """What a part is called: a table by its columns, anything else by its first words."""
    if part.register is not None:
        rows = len(part.register.rows)
        return f"{', '.join(part.register.headers)}: {rows} row{'s' if rows > 1 else ''}"
    if part.kind is PartKind.LIST:
        return f"{len(part.own[0].node.content)} items: {part.name}"
    return part.name or "(no words)"


def _label(part: Part, place: Place) -> str:
    if place is Place.INSIDE and part.kind in STAYS:
        return STAYS[part.kind]
    return MANY[place] if part.kind in ONE_EACH and place in MANY else place.label


def _columns(part: Part, columns: Columns) -> Iterable[ColumnRow]:
    """What each column becomes, where a table becomes a register."""
    if part.register is None or part.proposed not in COLUMNS:
        return
    now = columns.get(part.number) or part.register.columns(part.proposed)
    for number, (header, name) in enumerate(zip(part.register.headers, now, strict=True)):
        choices = [Choice(one, LABELS.get(one, f"its {one}"), one == name) for one in COLUMNS[part.proposed]]
        rest = Choice("", REST, name not in COLUMNS[part.proposed])
        yield ColumnRow(f"column-{part.number}-{number}", header or "(no header)", (*choices, rest))


def _comments(block: Block) -> Iterable[str]:
    return (str(m.attrs.get("id")) for leaf in block.node.leaves() for m in leaf.marks if m.type == COMMENT)


def _preview(part: Part, blocks: Iterable[Block]) -> SafeString:
    """As it would look. Nothing in it leads anywhere."""
    nodes = tuple(
        levelled(without_private(block.node), part.level) for block in blocks if block.kind is not BlockKind.TITLE
    )
    document = Node("doc", content=nodes)
    refs = {ref for node in _all(document) for ref in node.refs()}
    legend = {ref: Tag(f"hidden by {ref}", "proposed", f"#part-{part.number}") for ref in refs}
    context = replace(Surroundings("./", legend).context(), links=False, below=3)
    return render_document(document, context) if nodes else SafeString("")


def _all(node: Node) -> Iterable[Node]:
    yield node
    for child in node.content:
        yield from _all(child)
