"""The steps that bring back the words of an older version, and nothing of what was decided about them. Pure.

Words that stay are not touched, so their marks stay as they are now. Words that come back carry the redactions they had then or
were given later (the older version comes with them: `loaders.history.hidden_later`), and those of the same words where they are
hidden and shown nowhere (`hidden_words`); the authority adds what the rule asks for. A word that is open now does not stay in the
place of one that comes back hidden (`staying`).
So restoring shows nothing that is hidden now or was hidden then, and hides nothing that stays.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from difflib import SequenceMatcher

from prosemirror.model import Fragment, Slice
from prosemirror.model import Node as LibraryNode
from prosemirror.transform import ReplaceAroundStep, ReplaceStep, Transform
from prosemirror.transform import Step as LibraryStep

from prose.content import LIBRARY_ERRORS
from prose.covering import leaves_between, refs_on
from prose.hidden_words import WORD, hidden_in, mark_hidden, mark_places
from review.history.inline_edits import Place, formatting_edits, inline_edits
from review.history.plain import REDACTION, said
from review.history.staying import Staying

ALIKE = 0.3  # two blocks that share fewer of their words are two blocks, not one that changed
MANY = 2_500  # pairs of blocks to look at in one gap
Children = list[tuple[LibraryNode, int]]  # with the position of each
Plan = Callable[[LibraryNode, LibraryNode, Staying], list[LibraryStep]]


def restoring_steps(current: LibraryNode, old: LibraryNode, wary: LibraryNode | None = None) -> list[LibraryStep]:
    """From the words of now to those of then; no step if they are the same.

    `old` carries what hides its own words; `wary`, the same version, also what has hidden such words in other places.
    """
    if said(current) == said(old):
        return []
    wanted = as_it_returns(current, wary or old)
    staying = Staying(current, old, wanted)
    for plan in (_by_words, _by_blocks):
        if (steps := _tried(plan, current, wanted, staying)) is not None:
            return steps
    return [ReplaceStep(0, current.content.size, Slice(wanted.content, 0, 0))]


def as_it_returns(current: LibraryNode, old: LibraryNode) -> LibraryNode:
    """The old version with everything marked on its leaves that its words must carry where they come back."""
    returning = Transform(old)
    leaves = leaves_between(old, 0, old.content.size)
    for node, position in _marked_containers(old):
        for mark in node.marks:
            if mark.type.name == REDACTION:
                returning.remove_node_mark(position, mark)
    for ref in sorted({ref for leaf in leaves for ref in leaf.refs}):
        mark_places(
            returning, [(leaf.start, leaf.end, ref) for leaf in leaves if ref in leaf.refs - refs_on(leaf.node)]
        )
    mark_hidden(returning, hidden_in(current))
    return returning.doc


def _marked_containers(document: LibraryNode) -> list[tuple[LibraryNode, int]]:
    found: list[tuple[LibraryNode, int]] = []

    def visit(node: LibraryNode, position: int, *_: object) -> None:
        if not node.is_leaf and refs_on(node):
            found.append((node, position))

    document.descendants(visit)
    return found


def _tried(plan: Plan, current: LibraryNode, wanted: LibraryNode, staying: Staying) -> list[LibraryStep] | None:
    """What a plan gives, if it leads to the words that are wanted."""
    transform = Transform(current)
    try:
        for step in plan(current, wanted, staying):
            transform.step(step)
        for step in list(formatting_edits(transform.doc, wanted)):
            transform.step(step)
        transform.doc.check()
    except LIBRARY_ERRORS:
        return None
    return list(transform.steps) if said(transform.doc) == said(wanted) else None


def _by_words(current: LibraryNode, wanted: LibraryNode, staying: Staying) -> list[LibraryStep]:
    return _Edits(staying, inside=True).of(current, wanted)


def _by_blocks(current: LibraryNode, wanted: LibraryNode, staying: Staying) -> list[LibraryStep]:
    """Only the outermost blocks that differ, each as a whole."""
    return _Edits(staying, inside=False).of(current, wanted)


class _Edits:
    """Steps in positions of the current document: kinds of blocks first, which moves nothing, then words, last to first."""

    def __init__(self, staying: Staying, *, inside: bool) -> None:
        self._staying = staying
        self._inside = inside
        self._kinds: list[LibraryStep] = []
        self._words: list[LibraryStep] = []

    def of(self, current: LibraryNode, wanted: LibraryNode) -> list[LibraryStep]:
        """All steps, in the order in which they are applied."""
        self._contents(current, wanted, Place(0, 0))
        return [*self._kinds, *self._words[::-1]]

    def _contents(self, ours: LibraryNode, theirs: LibraryNode, at: Place) -> None:
        if ours.inline_content or theirs.inline_content:
            self._words += inline_edits(ours, theirs, at, self._staying)
            return
        was, now = _children(ours, at.ours), _children(theirs, at.theirs)
        matcher = SequenceMatcher(None, [said(one) for one, _ in was], [said(one) for one, _ in now], autojunk=False)
        for tag, i, i_end, j, j_end in matcher.get_opcodes():
            if tag == "equal":
                self._alike(was[i:i_end], now[j:j_end])
            else:
                place = was[i][1] if i < len(was) else at.ours + ours.content.size
                self._gap(was[i:i_end], now[j:j_end], place)

    def _alike(self, was: Children, now: Children) -> None:
        """Blocks that say the same: edited where the one hides more."""
        for ours, theirs in zip(was, now, strict=True):
            if not self._staying.is_hidden_alike(ours[1], theirs[1], ours[0].node_size):
                self._gap([ours], [theirs], ours[1])

    def _gap(self, was: Children, now: Children, place: int) -> None:
        """Blocks that changed, beside each other; what has no counterpart goes and comes between them."""
        i = j = 0
        for a, b in [*(_pairs(was, now) if self._inside else ()), (len(was), len(now))]:
            self._replaced(was[i:a], now[j:b], was[i][1] if i < len(was) else place)
            if a < len(was):
                self._changed(*was[a], *now[b])
                place = was[a][1] + was[a][0].node_size
            i, j = a + 1, b + 1

    def _replaced(self, was: Children, now: Children, place: int) -> None:
        if was or now:
            end = was[-1][1] + was[-1][0].node_size if was else place
            blocks = Fragment.from_([node for node, _ in now])
            self._words.append(ReplaceStep(was[0][1] if was else place, end, Slice(blocks, 0, 0)))

    def _changed(self, ours: LibraryNode, position: int, theirs: LibraryNode, there: int) -> None:
        if (ours.type, dict(ours.attrs)) != (theirs.type, dict(theirs.attrs)):
            kept = theirs.type.create(theirs.attrs, None, ours.marks)
            end = position + ours.node_size
            around = Slice(Fragment.from_(kept), 0, 0)
            self._kinds.append(ReplaceAroundStep(position, end, position + 1, end - 1, around, 1, structure=True))
        self._contents(ours, theirs, Place(position + 1, there + 1))


def _children(parent: LibraryNode, at: int) -> Children:
    out: Children = []
    for child in parent.content.content:
        out.append((child, at))
        at += child.node_size
    return out


def _pairs(was: Children, now: Children) -> list[tuple[int, int]]:
    """Which block became which: as much alike as can be, in the same order."""
    ours, theirs = [one for one, _ in was], [one for one, _ in now]
    if len(ours) == len(theirs) == 1:
        return [(0, 0)] if _may_become(ours[0], theirs[0]) else []
    if len(ours) * len(theirs) > MANY:
        return []
    words = [_words(one) for one in ours], [_words(one) for one in theirs]
    best: list[list[float]] = [[0.0] * (len(theirs) + 1) for _ in range(len(ours) + 1)]
    alike: dict[tuple[int, int], float] = {}
    for i in reversed(range(len(ours))):
        for j in reversed(range(len(theirs))):
            likeness = _likeness(words[0][i], words[1][j]) if _may_become(ours[i], theirs[j]) else 0.0
            alike[i, j] = likeness if likeness >= ALIKE else 0.0
            together = best[i + 1][j + 1] + alike[i, j] if alike[i, j] else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], together)
    return list(_chosen(best, alike, len(ours), len(theirs)))


def _chosen(
    best: list[list[float]], alike: dict[tuple[int, int], float], rows: int, columns: int
) -> Iterator[tuple[int, int]]:
    i = j = 0
    while i < rows and j < columns:
        if alike[i, j] and best[i][j] == best[i + 1][j + 1] + alike[i, j]:
            yield i, j
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1


def _may_become(ours: LibraryNode, theirs: LibraryNode) -> bool:
    """Whether one can be edited into the other: both hold words, or both hold blocks, and the new kind takes what is there."""
    if ours.is_leaf or theirs.is_leaf or ours.inline_content != theirs.inline_content:
        return False
    return ours.type is theirs.type or bool(theirs.type.valid_content(ours.content))


def _words(node: LibraryNode) -> Counter[str]:
    return Counter(WORD.findall(node.text_between(0, node.content.size, " ", " ")))


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 1.0
