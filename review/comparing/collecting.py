"""What an edition holds, each thing once: texts, attributes, objects and bars, on the page that is their own."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from prose.nodes import Json
from review.comparing.changes import Bar, ObjectRow
from review.comparing.order import REPEATING, home_order
from review.comparing.tokens import plain_words, withheld_refs
from review.rendering import page_of

UNNAMED = ("L-", "B-", "R-")  # links and redactions are told by what they say and hide, not as objects
NAMES = ("title", "statement", "name")


@dataclass(frozen=True, slots=True)
class Words:
    """One text, and where it belongs."""

    page: str
    owner: str
    field: str
    document: Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class Attribute:
    """One attribute as shown: a value, or the references that withhold it."""

    page: str
    name: str
    value: Json
    withheld: tuple[str, ...]


@dataclass(slots=True)
class Collected:
    """All of one edition."""

    texts: dict[str, Words] = field(default_factory=dict)
    attributes: dict[tuple[str, str], Attribute] = field(default_factory=dict)
    objects: dict[str, ObjectRow] = field(default_factory=dict)
    bars: list[Bar] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Owner:
    """The object or link around a value: `key` tells it from others, `name` is what people call it."""

    key: str
    name: str


def collected(parts: Mapping[str, Json]) -> Collected:
    """Everything in the edition, once."""
    pages = parts.keys() - REPEATING
    walk = _Walk(pages)
    for page in sorted(pages, key=home_order):
        walk.page = page
        walk.look(parts[page], None, "")
    return walk.found


class _Walk:
    def __init__(self, pages: AbstractSet[str]) -> None:
        self.found = Collected()
        self.page = ""
        self._pages = pages
        self._homes: dict[str, str] = {}
        self._masked: set[tuple[str, str]] = set()

    def look(self, value: Json, owner: _Owner | None, name: str) -> None:
        """Everything below a value."""
        if isinstance(value, list):
            for one in value:
                self.look(one, owner, name)
        elif isinstance(value, dict):
            self._look_into(value, owner, name)

    def _look_into(self, value: dict[str, Json], owner: _Owner | None, name: str) -> None:
        document = value.get("content")
        if isinstance(document, dict) and "text" in value:
            self._text(str(value["text"]), document, owner, name)
        elif "withheld" in value:
            self._withheld(withheld_refs(value["withheld"]), owner, name)
        elif "value" in value and "marked" in value:
            self._attribute(owner, name, value["value"], ())
        else:
            inner = self._owner(value) or owner
            for key, one in value.items():
                if isinstance(one, dict | list):
                    self.look(one, inner, key)

    def _owner(self, value: dict[str, Json]) -> _Owner | None:
        """The object that a part is; a link without a reference is told by its own text."""
        ref = value.get("ref") or value.get("reference")
        if isinstance(ref, str):
            if self._is_home(ref) and ref not in self.found.objects and not ref.startswith(UNNAMED):
                self.found.objects[ref] = ObjectRow(ref, self.page, _title(value))
            return _Owner(ref, _other_end(value) if ref.startswith(UNNAMED) else ref)
        own = [one["text"] for one in value.values() if isinstance(one, dict) and "text" in one and "content" in one]
        return _Owner(str(own[0]), _other_end(value)) if own else None

    def _is_home(self, key: str) -> bool:
        """Whether this page is where the thing belongs: its own page or list if it has one, else the first that shows it."""
        if key not in self._homes:
            own = page_of(key)
            self._homes[key] = own if own in self._pages else self.page
        return self._homes[key] == self.page

    def _text(self, key: str, document: dict[str, Json], owner: _Owner | None, name: str) -> None:
        if key in self.found.texts or not self._is_home(owner.key if owner else key):
            return
        called = owner.name if owner else ""
        self.found.texts[key] = Words(self.page, called, name, document)
        for ref in _bars_in(document):
            self.found.bars.append(Bar(ref, self.page, key, called, ""))

    def _attribute(self, owner: _Owner | None, name: str, value: Json, refs: tuple[str, ...]) -> None:
        if owner is None or (owner.key, name) in self.found.attributes or not self._is_home(owner.key):
            return
        self.found.attributes[owner.key, name] = Attribute(self.page, owner.name, value, refs)
        for ref in refs:
            self.found.bars.append(Bar(ref, self.page, owner.key, owner.name, name))

    def _withheld(self, refs: tuple[str, ...], owner: _Owner | None, name: str) -> None:
        """An attribute; or, where it is a mask, a whole object or a link whose ends are not named."""
        if name != "mask":
            self._attribute(owner, name, None, refs)
            return
        place = owner.key if owner else f"link {' '.join(refs)}"
        if self._is_home(place):
            for ref in refs:
                if (place, ref) not in self._masked:
                    self._masked.add((place, ref))
                    self.found.bars.append(Bar(ref, self.page, place, owner.name if owner else "", ""))


def _bars_in(node: Mapping[str, Json]) -> list[str]:
    if node.get("type") == "withheld":
        attrs = node.get("attrs")
        return list(withheld_refs(attrs.get("items") if isinstance(attrs, dict) else None))
    content = node.get("content")
    children = content if isinstance(content, list) else []
    return [ref for child in children if isinstance(child, dict) for ref in _bars_in(child)]


def _title(value: dict[str, Json]) -> str:
    for name in NAMES:
        text = value.get(name)
        if isinstance(text, dict) and isinstance(document := text.get("content"), dict):
            return plain_words(document)
    return ""


def _other_end(value: dict[str, Json]) -> str:
    """What a link leads to, by reference: the first object inside it."""
    for one in value.values():
        if isinstance(one, dict) and isinstance(ref := one.get("ref"), str):
            return ref
    return ""
