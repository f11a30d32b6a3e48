"""From what the parts make to what is written: references made the case's own, comments found again, everything checked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from prose.content import BadContent, check_content
from prose.nodes import Mark, Node, merge_equal, node_to_json
from prose.schema import TextSchema
from prose.typed import pieces
from review.bringing.building import laid_flat, paragraph, said_in, words
from review.bringing.draft import COMMENT, PRIVATE, Draft, Listed
from review.bringing.faults import CannotBring
from review.bringing.placing.attributes import columns_for
from review.bringing.placing.things import BODIES, LINES, Anchored, Hidden, Link, Made, NewLink, NewPart, Plan, Thing

OF_THE_CASE: Final = ""  # where a comment is about words of the case's own texts
BODIES_OF_THE_CASE: Final = frozenset({"summary", "scope", "scope_out"})
ENDS: Final = {"L": ("P", "C"), "B": ("E",)}  # what rests or bears on a claim
OMITTED: Final = (
    "{}, of which editions show not even a placeholder: make it here yourself, and ask a second manager again"
)
NO_OWNER: Final = "an assurance by {}, who is not named in this case, or without the day on which it was given"
TOO_MUCH: Final = "“{}” can't be imported as one text: {}. Make the headings in it parts of their own, or import less."


@dataclass(frozen=True)
class Facts:
    """What the case has: references, redactions, pictures; and what the document's own names and pictures become here."""

    here: frozenset[str]
    files: frozenset[str]
    refs: Mapping[str, str]
    pictures: Mapping[str, str] = field(default_factory=dict)
    redactions: Mapping[str, str] = field(default_factory=dict)  # of the document → here; nothing: lifted
    omitted: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()  # the names of those named in the case, in one spelling


def pictures_in(made: Made) -> frozenset[str]:
    """The pictures that things show."""
    bodies = [blocks for thing in made.things for blocks in thing.bodies.values()]
    nodes = (node for blocks in (*bodies, *made.of_the_case.values()) for node in blocks)
    return frozenset(str(leaf.attrs.get("file")) for node in nodes for leaf in node.leaves() if leaf.type == "image")


class Finisher:
    """Finishes one plan."""

    def __init__(self, draft: Draft, facts: Facts) -> None:
        self._draft, self._facts = draft, facts
        self._listed: list[Listed] = []
        self._anchored: list[Anchored] = []
        self._comments = {comment.key: comment for comment in draft.comments}
        self._gone: frozenset[str] = frozenset()  # what the document calls things that are not taken after all
        self._at = ""

    def plan(self, made: Made) -> Plan:
        """The plan. Raises CannotBring."""
        if made.unhidden:
            raise CannotBring(made.unhidden[0])
        kept = [thing for thing in made.things if not self._is_omitted(thing) and self._is_whole(thing)]
        self._gone = frozenset(thing.name for thing in made.things) - {thing.name for thing in kept}
        parts = tuple(self._part(thing) for thing in kept)
        links = tuple(link for one in made.links if (link := self._link(one)) is not None)
        of_the_case = {name: self._of_the_case(name, blocks) for name, blocks in made.of_the_case.items()}
        placed = {anchored.comment.key for anchored in self._anchored}
        return Plan(
            parts=parts,
            links=links,
            of_the_case=of_the_case,
            comments=tuple(self._anchored),
            unplaced_comments=tuple(comment for comment in self._draft.comments if comment.key not in placed),
            hidden=tuple(self._hidden((*kept, *made.links))),
            left_out=(*self._draft.unread, *made.listed, *self._listed),
        )

    def _is_omitted(self, thing: Thing) -> bool:
        """Whether not even a placeholder tells of it: two people agree on that for one thing at a time, not by an import."""
        if self._facts.omitted.isdisjoint(thing.says.get("hidden", "").split()):
            return False
        said = " ".join(said_in(node) for nodes in (*thing.lines.values(), *thing.bodies.values()) for node in nodes)
        self._listed.append(Listed(thing.at, OMITTED.format(thing.name), said))
        return True

    def _is_whole(self, thing: Thing) -> bool:
        """An assurance is nothing without the person who gives it, and the day."""
        if thing.letter != "A" or (self._knows(thing) and "given_on" in columns_for("A", thing.says, lambda *_: None)):
            return True
        said = " ".join(said_in(node) for nodes in thing.bodies.values() for node in nodes)
        self._listed.append(Listed(thing.at, NO_OWNER.format(thing.says.get("owner") or "nobody"), said))
        return False

    def _knows(self, thing: Thing) -> bool:
        return thing.says.get("owner", "").casefold() in self._facts.people

    def _part(self, thing: Thing) -> NewPart:
        self._at = thing.at
        columns_for(thing.letter, thing.says, lambda what, said: self._listed.append(Listed(thing.at, what, said)))
        if thing.says.get("owner") and not self._knows(thing):
            self._listed.append(Listed(thing.at, "an owner who is not named in this case", thing.says["owner"]))
        name = said_in(Node("paragraph", content=tuple(thing.lines.get(thing.naming, ())))) or thing.at
        texts = {
            attribute: self._text(thing.name, attribute, thing.lines.get(attribute, []), TextSchema.LINE, name)
            for attribute in LINES[thing.letter]
        }
        for attribute in BODIES[thing.letter]:
            texts[attribute] = self._text(thing.name, attribute, thing.bodies.get(attribute, []), TextSchema.BODY, name)
        return NewPart(thing.letter, thing.name, thing.at, texts, thing.says)

    def _of_the_case(self, name: str, blocks: list[Node]) -> Node:
        if name in BODIES_OF_THE_CASE:
            return self._text(OF_THE_CASE, name, blocks, TextSchema.BODY, name)
        leaves: list[Node] = []
        for block in blocks:
            leaves += [words(" ")] if leaves else []
            leaves += laid_flat(block)
        notes = [leaf for leaf in leaves if leaf.type == "footnote"]
        self._listed += [Listed(self._at, "a footnote where none can stand", said_in(note)) for note in notes]
        return self._text(
            OF_THE_CASE, name, [leaf for leaf in leaves if leaf.type != "footnote"], TextSchema.LINE, name
        )

    def _link(self, link: Link) -> NewLink | None:
        ends = [self._here(end) for end in (link.start, link.claim)]
        starts = ENDS[link.letter]
        if not (ends[0].startswith(starts) and ends[1].startswith("C")):
            gone = link.claim if link.letter == "L" else link.start
            what = (
                f"a link to {gone}, which is not imported"
                if not all(ends)
                else f"a link with {gone}, which can't have one here"
            )
            self._listed.append(Listed(link.at, what, _said(link.words)))
            return None
        self._at = link.at
        line = self._text(link.name, "words", link.words, TextSchema.LINE, link.name)
        return NewLink(link.letter, link.name, link.at, ends[0], ends[1], line, link.says)

    def _hidden(self, things: Iterable[Thing | Link]) -> Iterable[Hidden]:
        for thing in things:
            for name, said in thing.says.items():
                if name == "hidden" or name.startswith("hidden-"):
                    yield from (
                        Hidden(ref, thing.name, name.removeprefix("hidden").lstrip("-")) for ref in said.split()
                    )

    def _text(self, thing: str, attribute: str, content: Iterable[Node], kind: TextSchema, name: str) -> Node:
        """A text of the case: checked, its comments found. Raises CannotBring."""
        nodes = [one for node in content for one in self._resolved(node)]
        if kind is TextSchema.BODY and not nodes:
            nodes = [Node("paragraph")]
        document = Node("doc", content=merge_equal(nodes))
        try:
            checked = check_content(node_to_json(self._as_stored(document)), kind)
        except BadContent as bad:
            raise CannotBring(TOO_MUCH.format(name[:80], bad.why)) from bad
        self._find_comments(thing, attribute, document)
        return checked

    def _resolved(self, node: Node) -> list[Node]:
        """References and pictures as the case has them; what it has not is told and left as words."""
        if node.type == "citation":
            return [self._citation(node)]
        if node.is_text:
            return [replace(node, text=self._typed(node.text))]
        if node.type == "figure" and not self._file(node.content[0]):
            self._listed.append(Listed(self._at, "a picture that is not here", said_in(node.content[0])))
            caption = node.content[1:]
            return [paragraph(one for leaf in caption[0].content for one in self._resolved(leaf))] if caption else []
        if node.type == "image":
            return [replace(node, attrs={**node.attrs, "file": self._file(node)})]
        return [replace(node, content=merge_equal([one for child in node.content for one in self._resolved(child)]))]

    def _citation(self, node: Node) -> Node:
        ref = str(node.attrs.get("ref"))
        if here := self._here(ref):
            return replace(node, attrs={"ref": here})
        self._listed.append(Listed(self._at, f"a citation of {ref}, which is not imported: left as words", ""))
        return replace(node, type="text", attrs={}, text=ref)

    def _here(self, ref: str) -> str:
        """What a reference of the document is here; nothing where it leads nowhere."""
        if ref in self._facts.refs and ref not in self._gone:
            return self._facts.refs[ref]
        return ref if ref in self._facts.here else ""

    def _typed(self, text: str) -> str:
        """References that were typed as words lead to what they name here."""
        if "-" not in text:
            return text
        refs = self._facts.refs
        return "".join(refs[said] if is_ref else said for said, is_ref in pieces(text, refs.__contains__))

    def _file(self, image: Node) -> str:
        file = str(image.attrs.get("file"))
        return self._facts.pictures.get(file) or (file if file in self._facts.files else "")

    def _as_stored(self, node: Node) -> Node:
        """Without private marks; redactions under the references that they have here."""
        marks = tuple(one for mark in _once(node.marks) for one in self._marks(mark) if one.type not in PRIVATE)
        return replace(node, marks=marks, content=tuple(self._as_stored(child) for child in node.content))

    def _marks(self, mark: Mark) -> tuple[Mark, ...]:
        ref = str(mark.attrs.get("ref"))
        if mark.type != "redaction" or ref not in self._facts.redactions:
            return (mark,)
        here = self._facts.redactions[ref]
        return (Mark("redaction", {"ref": here}),) if here else ()

    def _find_comments(self, thing: str, attribute: str, document: Node) -> None:
        ranges: dict[str, tuple[int, int]] = {}
        for leaf, start in _leaves(document, 0):
            for key in (str(mark.attrs.get("id")) for mark in leaf.marks if mark.type == COMMENT):
                ranges[key] = (min(ranges.get(key, (start, 0))[0], start), start + leaf.size)
        done = {anchored.comment.key for anchored in self._anchored}  # a comment over two texts stands at the first
        self._anchored += [
            Anchored(self._comments[key], thing, attribute, *ends)
            for key, ends in ranges.items()
            if key in self._comments and key not in done
        ]


def _said(leaves: Iterable[Node]) -> str:
    return said_in(Node("paragraph", content=tuple(leaves)))


def _leaves(node: Node, start: int) -> Iterable[tuple[Node, int]]:
    """Every leaf with its position in the document."""
    for child in node.content:
        if child.is_leaf:
            yield child, start
        else:
            yield from _leaves(child, start + 1)
        start += child.size


def _once(marks: Iterable[Mark]) -> Iterable[Mark]:
    """Each mark once; of links the first, for words can lead to one place alone."""
    seen: list[Mark] = []
    for mark in marks:
        if mark not in seen and not (mark.type == "link" and any(one.type == "link" for one in seen)):
            seen.append(mark)
    return seen
