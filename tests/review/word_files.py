"""DOCX files for tests: python-docx writes what it can, the rest is put in as the XML that Word itself writes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

from docx import Document
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.text.paragraph import Paragraph
from PIL import Image, ImageDraw

W = nsdecls("w")
NOTES_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"


def word(make: Callable[[WordDocument], None]) -> bytes:
    """A document in Word's own default look."""
    document = Document()
    make(document)
    return saved(document)


def saved(document: WordDocument) -> bytes:
    """Its bytes."""
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def with_footnotes(document: WordDocument, notes: list[str]) -> list[str]:
    """Put a part of footnotes in; returns their ids."""
    rows = "".join(
        f'<w:footnote w:id="{number}"><w:p><w:r><w:footnoteRef/></w:r>'
        f'<w:r><w:t xml:space="preserve"> {words}</w:t></w:r></w:p></w:footnote>'
        for number, words in enumerate(notes, 2)
    )
    separators = (
        '<w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>'
        '<w:footnote w:type="continuationSeparator" w:id="1"><w:p/></w:footnote>'
    )
    blob = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:footnotes {W}>{separators}{rows}</w:footnotes>'.encode()
    part = Part(PackURI("/word/footnotes.xml"), NOTES_TYPE, blob, document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    return [str(number) for number in range(2, 2 + len(notes))]


def footnote(paragraph: Paragraph, number: str) -> None:
    """A reference to a footnote at the end of a paragraph."""
    paragraph._p.append(
        parse_xml(
            f'<w:r {W}><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="{number}"/></w:r>'
        )
    )


def raw(paragraph: Paragraph, xml: str) -> None:
    """More of a paragraph, as XML."""
    namespaces = nsdecls("w", "r", "a", "wp", "pic", "m")
    wrapped = parse_xml(f"<w:p {namespaces}>{xml}</w:p>")
    for child in list(wrapped):
        paragraph._p.append(child)


def chart(bars: tuple[int, ...] = (97, 94, 91, 86, 41)) -> io.BytesIO:
    """A small figure."""
    image = Image.new("L", (320, 140), 255)
    draw = ImageDraw.Draw(image)
    for number, height in enumerate(bars):
        draw.rectangle((20 + 60 * number, 125 - height, 60 + 60 * number, 125), fill=120)
    draw.line((10, 125, 310, 125), fill=0)
    out = io.BytesIO()
    image.quantize(8).save(out, "PNG")
    out.seek(0)
    return out


def zipped(parts: dict[str, bytes], *, compressed: bool = True) -> bytes:
    """A zip of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED if compressed else zipfile.ZIP_STORED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return out.getvalue()


def unzipped(data: bytes) -> dict[str, bytes]:
    """The parts of a zip."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def changed(data: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """The same file with something else in one of its parts."""
    parts = unzipped(data)
    assert old in parts[part]
    parts[part] = parts[part].replace(old, new)
    return zipped(parts)


BARE = {
    "[Content_Types].xml": (
        b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        b'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        b'<Default Extension="xml" ContentType="application/xml"/></Types>'
    ),
    "_rels/.rels": (
        b'<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        b'<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"'
        b' Target="word/document.xml"/></Relationships>'
    ),
}


def bare(body: str, **parts: str) -> bytes:
    """A DOCX of nothing but a body; other parts below word/ by name, related to it."""
    types = {
        "styles": "styles",
        "numbering": "numbering",
        "comments": "comments",
        "footnotes": "footnotes",
        "header1": "header",
    }
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
    rows = "".join(f'<Relationship Id="r{name}" Type="{base}{types[name]}" Target="{name}.xml"/>' for name in parts)
    relations = (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{rows}</Relationships>'
    )
    namespaces = nsdecls("w", "r", "a", "wp", "m")
    return zipped(
        {
            **BARE,
            "word/document.xml": f"<w:document {namespaces}><w:body>{body}</w:body></w:document>".encode(),
            "word/_rels/document.xml.rels": relations.encode(),
            **{f"word/{name}.xml": content.encode() for name, content in parts.items()},
        }
    )
