"""What is drawn in a DOCX: pictures are taken; text boxes, charts, diagrams and embedded objects are listed with their words."""

from __future__ import annotations

from collections.abc import Iterator

from review.bringing.word.reading import Reading, visible_words
from review.bringing.word.xml import Element, attr, below, tag


def pictures_in(reading: Reading, part: str, drawing: Element) -> list[tuple[str, str]]:
    """The pictures in it, as (key, alt text); everything else in it goes to the list."""
    if tag(drawing) == "w:object":
        reading.leave("an embedded object", visible_words(drawing))
        return []
    if said := visible_words(drawing):
        reading.leave("a text box", f"{said} ")
    for one in below(drawing, "c:chart"):
        reading.leave("a chart", _words_of(reading, part, attr(one, "id")))
    for one in below(drawing, "dgm:relIds"):
        reading.leave("a diagram", _words_of(reading, part, attr(one, "dm")))
    alt = _alt(drawing)
    return [(key, alt) for source in _sources(drawing) if (key := reading.picture(part, source))]


def _sources(drawing: Element) -> Iterator[str]:
    """The keys of the pictures, each once."""
    seen: set[str] = set()
    for one in below(drawing, "a:blip", "v:imagedata"):
        key = attr(one, "embed") or attr(one, "link") or attr(one, "id")
        if key and key not in seen:
            seen.add(key)
            yield key


def _alt(drawing: Element) -> str:
    """What the document says the picture shows. The name that programs give ("Picture 3") says nothing."""
    said = next((attr(one, "descr") for one in below(drawing, "wp:docPr") if attr(one, "descr")), "")
    return said or next((attr(one, "alt") for one in drawing.iterdescendants() if attr(one, "alt")), "")


def _words_of(reading: Reading, part: str, key: str) -> str:
    relation = reading.file.relations(part).get(key)
    if relation is None or relation.external or not reading.file.has(relation.target):
        return ""
    return visible_words(reading.file.tree(relation.target))
