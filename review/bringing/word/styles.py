"""What the styles of a DOCX mean: by their name in Word's own words, by outline level, through what they are based on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from review.bringing.word.xml import Element, attr, child, children, is_on, tag, value, whole

LEVELS: Final = 9
DARK: Final = 0x40
# Word stores the names of its own styles in English whatever its language; other programs store them as they show them.
HEADING: Final = re.compile(
    r"(?:heading|überschrift|titre|título|titulo|titolo|kop|rubrik|overskrift|otsikko|nagłówek|nadpis|címsor|başlık|"
    r"заголовок|επικεφαλίδα|標題|标题|見出し|제목)\s*([1-9])",
)
TITLES: Final = frozenset({"title", "titel", "tytuł", "otsikko", "название", "標題", "标题", "표제", "表題"})
QUOTES: Final = frozenset({"quote", "intense quote", "block text", "quotations", "zitat", "citation"})
CODES: Final = frozenset({"code", "html preformatted", "source code", "preformatted text", "macro text", "code block"})
CAPTIONS: Final = frozenset(
    {"caption", "beschriftung", "légende", "figure", "illustration", "image caption", "table caption"}
)
DEEPER: Final = re.compile(
    r"list (?:bullet|number) ([2-5])"
)  # Word's own styles are told apart by how far they are indented
CONTINUES: Final = re.compile(r"list (paragraph|continue)")
CONTENTS: Final = re.compile(r"(toc|contents|table of (figures|authorities)|index)\b ?(\d|heading)?$")
CODE_FONTS: Final = ("courier", "consolas", "menlo", "monaco", "inconsolata", "lucida console")
CODE_WORDS: Final = frozenset({"html code", "verbatim char", "source text", "code", "inline code", "html typewriter"})


@dataclass(frozen=True, slots=True)
class Look:
    """How words look, as far as it can mean something. None: nothing is said, what is around it counts."""

    bold: bool | None = None
    italic: bool | None = None
    hidden: bool | None = None
    struck: bool | None = None
    code: bool | None = None
    dark: bool | None = None
    highlighted: bool | None = None

    def over(self, under: Look) -> Look:
        """This look, and what it leaves open as there."""
        names = self.__slots__
        return Look(*(mine if (mine := getattr(self, n)) is not None else getattr(under, n) for n in names))


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """What a paragraph is by its style."""

    name: str = ""
    level: int = 0
    numbering: tuple[str, int] | None = None
    look: Look = Look()


def look_of(properties: Element | None) -> Look:
    """How the run properties say that words look."""
    if properties is None:
        return Look()
    fonts = child(properties, "w:rFonts")
    named = "" if fonts is None else (attr(fonts, "ascii") or attr(fonts, "hAnsi")).lower()
    highlight = value(properties, "w:highlight").lower()
    fill = child(properties, "w:shd")
    shade = "" if fill is None else attr(fill, "fill").lower()
    is_mono = named.startswith(CODE_FONTS) or " mono" in f" {named}"
    struck = is_on(properties, "w:strike")
    return Look(
        bold=is_on(properties, "w:b"),
        italic=is_on(properties, "w:i"),
        hidden=is_on(properties, "w:vanish"),
        struck=struck if struck is not None else is_on(properties, "w:dstrike"),
        code=is_mono if named else None,
        dark=(highlight == "black" or is_dark(shade)) if highlight or shade else None,
        highlighted=highlight not in ("none", "black", "white") if highlight else None,
    )


def is_dark(colour: str) -> bool:
    """Whether a colour such as 000000 would cover black words."""
    if not re.fullmatch(r"[0-9a-f]{6}", colour):
        return False
    return all(int(colour[i : i + 2], 16) < DARK for i in (0, 2, 4))


class Styles:
    """The styles of one document, looked up by their ids."""

    def __init__(self, root: Element | None) -> None:
        self._rows = (
            {} if root is None else {attr(one, "styleId"): one for one in children(root) if tag(one) == "w:style"}
        )
        self._usual = next((key for key, one in self._rows.items() if _is_usual(one)), "")
        self._paragraphs: dict[str, ParagraphStyle] = {}
        self._looks: dict[str, Look] = {}

    def paragraph(self, key: str) -> ParagraphStyle:
        """What a paragraph of that style is; of no style, what is usual."""
        key = key or self._usual
        if key not in self._paragraphs:
            self._paragraphs[key] = self._read(key)
        return self._paragraphs[key]

    def look(self, key: str) -> Look:
        """How words of that character style look."""
        if key not in self._looks:
            look = Look()
            for one in self._chain(key):
                name = value(one, "w:name").lower()
                look = look.over(look_of(child(one, "w:rPr")))
                look = look.over(Look(code=True)) if name in CODE_WORDS else look
            self._looks[key] = look
        return self._looks[key]

    def _read(self, key: str) -> ParagraphStyle:
        chain = self._chain(key)
        names = [value(one, "w:name").lower() for one in chain]
        outlines = [value(one, "w:pPr", "w:outlineLvl") for one in chain]
        said = next((outline for outline in outlines if outline), "")
        level = next((int(found[1]) for name in names if (found := HEADING.fullmatch(name))), 0)
        if not level and said and whole(said, LEVELS) < LEVELS and not any(map(is_title, names)):
            level = whole(said) + 1
        numbered = next((item for one in chain if (item := numbering_of(child(one, "w:pPr"))) is not None), None)
        deeper = next((int(found[1]) - 1 for name in names if (found := DEEPER.fullmatch(name))), 0)
        numbered = (numbered[0], max(numbered[1], deeper)) if numbered else None
        vanished = next((on for one in chain if (on := is_on(child(one, "w:rPr"), "w:vanish")) is not None), None)
        return ParagraphStyle(names[0] if names else "", level, numbered, Look(hidden=vanished))

    def _chain(self, key: str) -> list[Element]:
        """The style and what it is based on, nearest first; a circle ends."""
        found: list[Element] = []
        seen: set[str] = set()
        while key in self._rows and key not in seen:
            seen.add(key)
            found.append(self._rows[key])
            key = value(self._rows[key], "w:basedOn")
        return found


def _is_usual(style: Element) -> bool:
    return attr(style, "type") == "paragraph" and attr(style, "default") in ("1", "true", "on")


def is_title(name: str) -> bool:
    """Whether that is the style of the document's own title."""
    return name in TITLES


def numbering_of(properties: Element | None) -> tuple[str, int] | None:
    """(list, level) of a paragraph; list "0" takes a paragraph out of its style's list."""
    found = child(properties, "w:numPr")
    return None if found is None else (value(found, "w:numId"), whole(value(found, "w:ilvl")))
