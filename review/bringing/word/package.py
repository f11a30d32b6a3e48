"""The parts of a DOCX: the file itself is looked at before anything in it is unpacked, and only what is asked for is."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lxml import etree

from review.bringing.faults import CannotRead
from review.bringing.word.xml import Element, attr, children, tag

MB: Final = 1024 * 1024
MOST_PARTS: Final = 3000
MOST_UNPACKED: Final = 150 * MB
MOST_XML: Final = 40 * MB
MOST_RATIO: Final = 250  # a long table of equal cells packs 60 : 1, a bomb 1000 : 1
SMALL: Final = 2 * MB  # below it no ratio is too much
OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
TYPES: Final = "[Content_Types].xml"
NOT_WORD: Final = "This is not a Word document (.docx). Save it in Word or Google Docs as .docx and bring that."
TOO_BIG: Final = "This document unpacks to far more than a report can have. Nothing of it was read."
LIES: Final = "This Word document is broken: its parts are not what it says they are. Open it in Word and save it anew."
DECLARES: Final = "This document declares XML of its own, which no Word document does. Nothing of it was read."
OLD_OR_LOCKED: Final = "This is an old .doc file or a document with a password. Save it as .docx, without a password."


@dataclass(frozen=True, slots=True)
class Relation:
    """What a part refers to: a part of the same file, or an address outside, which nobody fetches."""

    kind: str
    target: str
    external: bool


class WordFile:
    """The parts of a DOCX that passed the look from outside. Its methods raise CannotRead for what turns out to be broken."""

    def __init__(self, packed: zipfile.ZipFile) -> None:
        self._packed = packed
        self._names = {name.lower(): name for name in packed.namelist()}  # Word does not tell capitals apart
        self._trees: dict[str, Element] = {}
        self._relations: dict[str, dict[str, Relation]] = {}
        self.main = next((one.target for one in self.relations("").values() if one.kind == "officeDocument"), "")
        if not self.has(self.main) or tag(self.tree(self.main)) != "w:document":
            raise CannotRead(NOT_WORD)

    def has(self, name: str) -> bool:
        """Whether there is such a part. Real documents refer to parts that they lack."""
        return name.lower() in self._names

    def read(self, name: str) -> bytes:
        """A part as bytes; never more of them than the file says it has."""
        try:
            return self._packed.read(self._names[name.lower()])
        except Exception as error:  # zipfile, zlib, bz2 and lzma each have errors of their own
            raise CannotRead(LIES) from error

    def tree(self, name: str) -> Element:
        """A part as XML, parsed once."""
        if name not in self._trees:
            self._trees[name] = _parsed(self.read(name))
        return self._trees[name]

    def relations(self, name: str) -> dict[str, Relation]:
        """What a part refers to, by key; the file itself has no name."""
        if name not in self._relations:
            folder, base = posixpath.split(name)
            where = posixpath.join(folder, "_rels", f"{base}.rels")
            self._relations[name] = dict(_relations(self.tree(where), folder)) if self.has(where) else {}
        return self._relations[name]

    def related(self, kind: str) -> Iterator[str]:
        """The names of the parts of that kind: `styles`, `comments`, `header` and so on."""
        for one in self.relations(self.main).values():
            if one.kind == kind and not one.external and self.has(one.target):
                yield one.target

    def related_tree(self, kind: str) -> Element | None:
        """The first of them as XML."""
        name = next(self.related(kind), None)
        return None if name is None else self.tree(name)


def opened(data: bytes) -> WordFile:
    """The parts of the document. Raises CannotRead."""
    if data.startswith(OLE):
        raise CannotRead(OLD_OR_LOCKED)
    if not data.startswith(b"PK"):
        raise CannotRead(NOT_WORD)
    try:
        packed = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, ValueError, IndexError) as error:
        raise CannotRead(NOT_WORD) from error
    _check_sizes(packed.infolist())
    return WordFile(packed)


def _check_sizes(members: list[zipfile.ZipInfo]) -> None:
    """What the file says about itself. Less than that is unpacked, whatever is true."""
    names = [member.filename.lower() for member in members]
    if TYPES.lower() not in names:
        raise CannotRead(NOT_WORD)
    if len(names) > MOST_PARTS or sum(member.file_size for member in members) > MOST_UNPACKED:
        raise CannotRead(TOO_BIG)
    if len(set(names)) < len(names):
        raise CannotRead(LIES)
    for member in members:
        if member.flag_bits & 0x1:
            raise CannotRead(OLD_OR_LOCKED)
        if member.file_size > SMALL and member.file_size > MOST_RATIO * max(member.compress_size, 1):
            raise CannotRead(TOO_BIG)


def _parsed(blob: bytes) -> Element:
    """XML that fetches nothing, declares nothing and expands nothing."""
    if len(blob) > MOST_XML:
        raise CannotRead(TOO_BIG)
    if b"<!DOCTYPE" in blob or b"<!DOCTYPE" in blob.replace(b"\x00", b""):  # UTF-16 puts a zero between
        raise CannotRead(DECLARES)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
    )
    try:
        root = etree.fromstring(blob, parser)
    except (etree.LxmlError, ValueError) as error:
        raise CannotRead(LIES) from error
    if root.getroottree().docinfo.doctype:
        raise CannotRead(DECLARES)
    return root


def _relations(root: Element, folder: str) -> Iterator[tuple[str, Relation]]:
    for one in children(root):
        external = attr(one, "TargetMode") == "External"
        target = attr(one, "Target")
        if not external:
            target = (
                target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            )
        yield attr(one, "Id"), Relation(attr(one, "Type").rpartition("/")[2], target, external)
