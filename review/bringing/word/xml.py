"""Names in the XML of a DOCX, the same for both of its two spellings (transitional and strict)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

Element = Any  # lxml has no types of its own

_OPEN: Final = "http://schemas.openxmlformats.org/"
_STRICT: Final = "http://purl.oclc.org/ooxml/"
_MICROSOFT: Final = "http://schemas.microsoft.com/office/"
PREFIXES: Final = {
    f"{_OPEN}wordprocessingml/2006/main": "w",
    f"{_STRICT}wordprocessingml/main": "w",
    f"{_OPEN}officeDocument/2006/math": "m",
    f"{_STRICT}officeDocument/math": "m",
    f"{_OPEN}drawingml/2006/main": "a",
    f"{_STRICT}drawingml/main": "a",
    f"{_OPEN}drawingml/2006/wordprocessingDrawing": "wp",
    f"{_STRICT}drawingml/wordprocessingDrawing": "wp",
    f"{_OPEN}drawingml/2006/chart": "c",
    f"{_STRICT}drawingml/chart": "c",
    f"{_OPEN}drawingml/2006/diagram": "dgm",
    f"{_STRICT}drawingml/diagram": "dgm",
    f"{_OPEN}markup-compatibility/2006": "mc",
    f"{_OPEN}officeDocument/2006/relationships": "r",
    f"{_STRICT}officeDocument/relationships": "r",
    f"{_MICROSOFT}word/2010/wordprocessingShape": "wps",
    f"{_MICROSOFT}word/2010/wordml": "w14",
    f"{_MICROSOFT}word/2012/wordml": "w15",
    "urn:schemas-microsoft-com:vml": "v",
}

ABSURD: Final = 100_000


def tag(element: Element) -> str:
    """The name of an element with its usual prefix, as in `w:p`; one of an unknown namespace has none."""
    name = element.tag
    if not isinstance(name, str):
        return ""
    namespace, _, local = name[1:].partition("}") if name.startswith("{") else ("", "", name)
    prefix = PREFIXES.get(namespace)
    return f"{prefix}:{local}" if prefix else local


def attr(element: Element, name: str) -> str:
    """An attribute by its bare name, whichever namespace it is in; empty where there is none."""
    for key, value in element.attrib.items():
        if key == name or key.endswith("}" + name):
            return str(value)
    return ""


def children(element: Element) -> Iterator[Element]:
    """The elements below, processing instructions left out."""
    return (child for child in element if isinstance(child.tag, str))


def child(element: Element | None, *path: str) -> Element | None:
    """The first element down that path of names."""
    for name in path:
        if element is None:
            return None
        element = next((one for one in children(element) if tag(one) == name), None)
    return element


def value(element: Element | None, *path: str) -> str:
    """The attribute `val` of the element down that path; empty where there is none."""
    found = child(element, *path)
    return "" if found is None else attr(found, "val")


def below(element: Element, *names: str) -> Iterator[Element]:
    """All elements below of those names, in document order."""
    return (one for one in element.iterdescendants() if tag(one) in names)


def is_on(element: Element | None, name: str) -> bool | None:
    """Whether a property that is on or off is on; None where nothing is said."""
    found = child(element, name)
    return None if found is None else attr(found, "val") not in ("0", "false", "off", "none")


def whole(text: str, usual: int = 0) -> int:
    """A whole number; what is none, or absurd, is the usual."""
    try:
        number = int(text)
    except ValueError:
        return usual
    return number if abs(number) < ABSURD else usual
