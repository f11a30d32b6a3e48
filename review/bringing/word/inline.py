"""The words of one paragraph: runs with their look, links, notes, breaks, pictures, formulas; changes taken as accepted."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from prose.nodes import Mark, Node
from review.bringing.building import footnote, link_to, words
from review.bringing.draft import COMMENT
from review.bringing.word.drawings import pictures_in
from review.bringing.word.equations import NoTex, tex_of
from review.bringing.word.raised import shifted
from review.bringing.word.reading import Field, Reading, chosen, visible_words
from review.bringing.word.styles import Look, look_of
from review.bringing.word.xml import Element, attr, child, children, tag, value

FIELD_LINK: Final = re.compile(r'HYPERLINK\s+"([^"]+)"', re.IGNORECASE)
THROUGH: Final = frozenset({"w:ins", "w:moveTo", "w:smartTag", "w:customXml", "w:dir", "w:bdo", "w:rubyBase"})
LONGEST_TEX: Final = 4000


class Inline:
    """Reads what stands in one paragraph of one part of the file."""

    def __init__(self, reading: Reading, part: str, look: Look) -> None:
        self._reading, self._part, self._look = reading, part, look
        self.leaves: list[Node] = []
        self._makers: dict[str, Callable[[Element, Look, Mark | None], None]] = {
            "w:tab": lambda *a: self._say(" ", a[1], a[2]),
            "w:ptab": lambda *a: self._say(" ", a[1], a[2]),
            "w:t": lambda e, look, link: self._say(e.text or "", look, link),
            "w:noBreakHyphen": lambda *a: self._say("\u2011", a[1], a[2]),
            "w:cr": self._break,
            "w:br": self._break,
            "w:sym": self._symbol,
            "w:drawing": self._drawing,
            "w:pict": self._drawing,
            "w:object": self._drawing,
            "w:footnoteReference": self._note,
            "w:endnoteReference": self._note,
            "w:commentReference": self._comment_point,
            "w:fldChar": self._field,
            "w:instrText": self._field_code,
            "w:ruby": self._ruby,
        }

    def read(self, parent: Element, link: Mark | None = None) -> None:
        """Everything in a paragraph, a link, an insertion."""
        for one in children(parent):
            name = tag(one)
            if name == "w:r":
                self._run(one, link)
            elif name == "w:hyperlink":
                self.read(one, self._link(self._reading.file.relations(self._part).get(attr(one, "id"))) or link)
            elif name in THROUGH:
                if name in ("w:ins", "w:moveTo"):
                    self._reading.leave("tracked changes, taken as accepted")
                self.read(one, link)
            else:
                self._other(name, one, link)

    def _other(self, name: str, one: Element, link: Mark | None) -> None:
        match name:
            case "w:del" | "w:moveFrom":
                self._reading.leave("words deleted in a tracked change, not taken")
            case "w:sdt":
                self._control(one, link)
            case "w:fldSimple":
                self.read(one, self._field_link(attr(one, "instr")) or link)
            case "mc:AlternateContent":
                self.read(chosen(one), link)
            case "w:commentRangeStart":
                self._reading.comments.append(attr(one, "id"))
            case "w:commentRangeEnd":
                self._reading.comments = [key for key in self._reading.comments if key != attr(one, "id")]
            case "m:oMath":
                self._formula(one)
            case "m:oMathPara":
                self.read(one, link)
            case _ if visible_words(one):
                self._reading.leave("something that is not understood", visible_words(one))

    def _run(self, run: Element, link: Mark | None) -> None:
        properties = child(run, "w:rPr")
        look = look_of(properties).over(self._reading.styles.look(value(properties, "w:rStyle"))).over(self._look)
        if look.hidden:
            if said := visible_words(run):
                self._reading.leave("hidden text, not taken", f"{said} ")
            return
        position = value(properties, "w:vertAlign")
        for one in children(run):
            name = tag(one)
            if name == "mc:AlternateContent":
                self._run(chosen(one), link)
            elif name == "w:t" and position in ("superscript", "subscript"):
                self._shifted(one.text or "", position, look, link)
            elif name in self._makers:
                self._makers[name](one, look, link)

    def _say(self, text: str, look: Look, link: Mark | None) -> None:
        fields = self._reading.fields
        if not text or any(one.in_code for one in fields):
            return
        link = link or next((found for one in reversed(fields) if (found := self._field_link(one.code))), None)
        if text.strip():
            self._notice(text, look)
        named = (("em", look.italic), ("strong", look.bold), ("code", look.code))
        marks = [Mark(name) for name, is_on in named if is_on]
        self._add(words(text), (*([link] if link else []), *marks))

    def _shifted(self, text: str, position: str, look: Look, link: Mark | None) -> None:
        changed = shifted(text, position)
        if changed is None:
            self._reading.notice("raised or lowered characters, on the line now", f"{text} ")
        self._say(text if changed is None else changed, look, link)

    def _add(self, node: Node, marks: tuple[Mark, ...]) -> None:
        comments = () if self._reading.in_note else tuple(Mark(COMMENT, {"id": key}) for key in self._reading.comments)
        self.leaves.append(replace(node, marks=(*node.marks, *marks, *comments)))

    def _notice(self, text: str, look: Look) -> None:
        for is_on, what in (
            (look.dark, "blacked out in the document, and readable here"),
            (look.highlighted, "highlighted in the document"),
            (look.struck, "struck through in the document"),
        ):
            if is_on:
                self._reading.notice(what, text)

    def _break(self, one: Element, look: Look, link: Mark | None) -> None:
        if attr(one, "type") not in ("page", "column"):
            self._add(Node("hard_break"), ())

    def _symbol(self, one: Element, look: Look, link: Mark | None) -> None:
        code = int(attr(one, "char") or "0", 16) if re.fullmatch(r"[0-9A-Fa-f]{1,4}", attr(one, "char")) else 0
        if not chr(code).isprintable():  # a place in a font of signs, not a character
            self._reading.leave(f"a sign of the font {attr(one, 'font') or 'unknown'}")
        else:
            self._say(chr(code), look, link)

    def _drawing(self, one: Element, look: Look, link: Mark | None) -> None:
        for file, alt in pictures_in(self._reading, self._part, one):
            self._add(Node("image", {"file": file, "alt": alt}), ())

    def _note(self, one: Element, look: Look, link: Mark | None) -> None:
        found = self._reading.notes.get((tag(one)[2:].removesuffix("Reference"), attr(one, "id")))
        if found is None or self._reading.in_note:
            self._reading.leave("a footnote that is not in the document")
            return
        element, part = found
        self._reading.in_note = True
        blocks = self._reading.blocks(element, part)
        self._reading.in_note = False
        self._add(footnote(blocks), ())

    def _comment_point(self, one: Element, look: Look, link: Mark | None) -> None:
        """A comment without a range is about the word before it."""
        mark = Mark(COMMENT, {"id": attr(one, "id")})
        if self.leaves and not any(mark in leaf.marks for leaf in self.leaves[-40:]):
            self.leaves[-1] = replace(self.leaves[-1], marks=(*self.leaves[-1].marks, mark))

    def _field(self, one: Element, look: Look, link: Mark | None) -> None:
        fields = self._reading.fields
        match attr(one, "fldCharType"):
            case "begin":
                fields.append(Field())
            case "separate" if fields:
                fields[-1].in_code = False
            case "end" if fields:
                fields.pop()

    def _field_code(self, one: Element, look: Look, link: Mark | None) -> None:
        if self._reading.fields:
            self._reading.fields[-1].code += one.text or ""

    def _field_link(self, code: str) -> Mark | None:
        found = FIELD_LINK.search(code)
        return link_to(found[1]) if found else None

    def _link(self, relation: object) -> Mark | None:
        target = str(getattr(relation, "target", "")) if getattr(relation, "external", False) else ""
        made = link_to(target) if target else None
        if target and made is None:
            self._reading.leave(f"where a link leads ({target[:80]})")
        return made

    def _control(self, one: Element, link: Mark | None) -> None:
        content = child(one, "w:sdtContent")
        if content is not None and child(one, "w:sdtPr", "w:showingPlcHdr") is not None:
            self._reading.leave("a field that nobody filled in", visible_words(content))
        elif content is not None:
            self.read(content, link)

    def _ruby(self, one: Element, look: Look, link: Mark | None) -> None:
        for part in children(one):
            if tag(part) == "w:rubyBase":
                self.read(part, link)
            elif tag(part) == "w:rt":
                self._reading.leave("small characters over others", visible_words(part))

    def _formula(self, one: Element) -> None:
        try:
            tex = tex_of(one)
        except NoTex:
            tex = ""
        if tex and len(tex) <= LONGEST_TEX:
            self._add(Node("formula", {"tex": tex}), ())
        else:
            self._reading.leave("an equation", visible_words(one))
