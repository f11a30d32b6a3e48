"""What can be found on the pages of one edition, or of the live case: every passage once, on the page where it is at home. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass

from cases.projection import PROJECTIONS
from prose.nodes import TEXTBLOCKS, Json, Node
from prose.schema import TextSchema
from prose.shown import OpenText, ShownText
from review.references import redactions_of

# A page, and its field that holds the object which the page is about.
OWN = {
    "FrontPage": "header",
    "SectionPage": "section",
    "PathwayPage": "pathway",
    "ClaimPage": "claim",
    "EvidencePage": "evidence",
}
# Lists whose rows have no page of their own.
ROWS = {"AssurancesPage": "assurances", "LimitationsPage": "limitations", "GlossaryPage": "terms"}
NAMES = ("title", "statement", "name")
Text = ShownText | OpenText


def findable(pages: Mapping[str, object]) -> dict[str, Json]:
    """`places`: address, reference and title; `passages`: number of the place, and words. A function of these pages alone."""
    places = list(_places(pages))
    home = {text.key: number for number, (_, thing, _) in enumerate(places) for text in texts_in(thing)}
    seen: set[str] = set()
    passages: list[Json] = []
    for number, (_, own, page) in enumerate(places):
        for text in (*texts_in(own), *texts_in(page)):
            if home.get(text.key, number) == number and text.key not in seen:
                seen.add(text.key)
                passages += [[number, words] for words in passages_of(text)]
    rows: list[Json] = [[address, _reference(own), _name(own)] for address, own, _ in places]
    return {"places": [*rows, *_redactions(pages)], "passages": passages}


def _redactions(pages: Mapping[str, object]) -> Iterator[Json]:
    """The redactions that stand here have no words of their own, but are looked up by their references."""
    for address, page in pages.items():
        rows = getattr(page, "withheld", ()) if type(page).__name__ == "WithheldPage" else ()
        for row in rows:
            for ref in redactions_of(row):
                yield [f"{address}/#{ref}", ref, ""]


def _places(pages: Mapping[str, object]) -> Iterator[tuple[str, object, object]]:
    """Address below the front, the thing at home there, and the page that says more about it."""
    for address, page in pages.items():
        kind = type(page).__name__
        if kind in OWN:
            yield ("" if kind == "FrontPage" else f"{address}/"), getattr(page, OWN[kind]), page
        elif kind in ROWS:
            rows: Iterable[object] = getattr(page, ROWS[kind])
            yield from ((f"{address}/#{_reference(row)}", row, ()) for row in rows)


def _reference(thing: object) -> str:
    return str(getattr(thing, "ref", "") or "")


def _name(thing: object) -> str:
    """How the thing is called, as shown."""
    if not _reference(thing):
        return "Summary"
    found = (getattr(thing, name, None) for name in NAMES)
    text = next((one for one in found if isinstance(one, ShownText | OpenText)), None)
    return " … ".join(passages_of(text, said=False)) if text is not None else ""


def texts_in(value: object) -> Iterator[Text]:
    """Every text in a projection, in order."""
    if isinstance(value, ShownText | OpenText):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from texts_in(one)
    elif type(value) in PROJECTIONS and is_dataclass(value):
        for field in fields(value):
            yield from texts_in(getattr(value, field.name))


def passages_of(text: Text, *, said: bool = True) -> list[str]:
    """The words of a text between block borders and bars, then (`said`) what is said in the place of hidden words."""
    found: list[str] = []
    _gather(text.document, found, said=said, block=text.kind == TextSchema.LINE)
    return [words for words in (" ".join(one.split()) for one in found) if words]


def _gather(node: Node, found: list[str], *, said: bool, block: bool = False) -> None:
    if not (block or node.type in TEXTBLOCKS or node.type == "footnote"):
        if alt := str(node.attrs.get("alt") or node.attrs.get("tex") or ""):
            found.append(alt)
        for child in node.content:
            _gather(child, found, said=said)
        return
    words, aside = [""], list[str]()
    for child in node.content:
        if child.type == "withheld":
            words.append("")
            aside += _said(child) if said else []
        elif child.type == "footnote":
            _gather(child, aside, said=said)
        else:
            words[-1] += _inline(child)
    found += [*words, *aside]


def _inline(node: Node) -> str:
    if node.is_text:
        return node.text
    if node.type == "citation":
        return f" {node.attrs.get('ref', '')}"
    return str(node.attrs.get("tex") or " ")


def _said(bar: Node) -> list[str]:
    items = bar.attrs.get("items")
    rows = [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []
    return [str(row[key]) for row in rows for key in ("instead", "note") if row.get(key)]
