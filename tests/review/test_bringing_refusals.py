"""Files that are not what they say, or more than anybody can want: one clear sentence each, and soon."""

from __future__ import annotations

import io
import struct
import time
import zipfile

import pytest

from review.bringing.faults import CannotRead
from review.bringing.reading import read_document
from review.bringing.word import package
from tests.review.word_files import BARE, bare, changed, unzipped, zipped

PLAIN = bare("<w:p><w:r><w:t>Words</w:t></w:r></w:p>")
SOON = 5.0


def refused(name: str, data: bytes) -> str:
    """The sentence."""
    start = time.monotonic()
    with pytest.raises(CannotRead) as caught:
        read_document(name, data)
    assert time.monotonic() - start < SOON
    sentence = str(caught.value)
    assert sentence[0].isupper()
    assert sentence.endswith(".")
    return sentence


def with_document(xml: bytes) -> bytes:
    return zipped({**unzipped(PLAIN), "word/document.xml": xml})


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("report.docx", b"not a zip at all", "not a Word document"),
        ("report.docx", b"PK\x03\x04 and then nothing of a zip", "not a Word document"),
        ("report.docx", zipped({"readme.txt": b"hello"}), "not a Word document"),
        ("report.docx", zipped({**BARE, "word/document.xml": b"<html/>"}), "not a Word document"),
        ("report.docx", zipped(BARE), "not a Word document"),
        ("report.docx", package.OLE + b"rest of an old file", "old .doc file"),
        ("report.doc", package.OLE + b"rest of an old file", "old .doc file"),
        ("report.pdf", b"%PDF-1.7", "Only Word documents"),
        ("report.odt", zipped({"mimetype": b"application/vnd.oasis.opendocument.text"}), "not a Word document"),
        ("report.md", "näh".encode("latin-1"), "not Markdown in UTF-8"),
        ("report.md", b"words\x00words", "not Markdown in UTF-8"),
        ("report.md", b"", "This file is empty"),
        ("report.docx", b"", "This file is empty"),
        ("report.md", b" \n\n", "no words"),
        ("report.docx", bare(""), "no words"),
        ("report.docx", with_document(b"<w:document"), "broken"),
    ],
)
def test_file_that_is_no_document_is_refused(name: str, data: bytes, says: str):
    assert says in refused(name, data)


def test_too_many_bytes_are_refused_before_they_are_read():
    assert "20 MB" in refused("report.md", b"a" * (20 * 1024 * 1024 + 1))
    assert "longer than any report" in refused("report.md", b"a " * 3_000_000)


def test_bomb_of_one_part_is_refused():
    assert "unpacks to far more" in refused("report.docx", with_document(b"<w:p/>" * 10_000_000))


def test_bomb_of_many_parts_is_refused():
    parts = {f"word/media/image{number}.png": b"\x00" * 1_900_000 for number in range(90)}
    assert "unpacks to far more" in refused("report.docx", zipped({**unzipped(PLAIN), **parts}))
    many = {f"word/{number}.xml": b"" for number in range(3001)}
    assert "unpacks to far more" in refused("report.docx", zipped({**unzipped(PLAIN), **many}))


def test_size_that_lies_unpacks_no_further_than_it_says():
    """The central directory says 2,000 bytes; the part has a hundred million."""
    data = bytearray(with_document(b"<w:p/>" * 15_000_000))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as packed:
        real = packed.getinfo("word/document.xml").file_size
    at = bytes(data).find(struct.pack("<L", real), bytes(data).find(b"PK\x01\x02"))
    data[at : at + 4] = struct.pack("<L", 2000)
    assert "broken" in refused("report.docx", bytes(data))


def test_part_that_stands_there_twice_is_refused():
    out = io.BytesIO(PLAIN)
    with zipfile.ZipFile(out, "a") as packed, pytest.warns(UserWarning, match="Duplicate"):
        packed.writestr("word/document.xml", b"<w:document/>")
    assert "broken" in refused("report.docx", out.getvalue())


def test_part_with_a_password_is_refused():
    data = bytearray(PLAIN)
    at = bytes(data).find(b"PK\x01\x02")
    while at != -1:
        data[at + 8] |= 1
        at = bytes(data).find(b"PK\x01\x02", at + 4)
    assert "password" in refused("report.docx", bytes(data))


LAUGHS = b"".join(b'<!ENTITY e%d "%s">' % (n, b"&e%d;" % (n - 1) * 10 if n else b"ha") for n in range(9))
ENTITIES = [
    b"<!DOCTYPE d [" + LAUGHS + b"]>",
    b'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
    b'<!DOCTYPE d SYSTEM "http://127.0.0.1:1/x.dtd">',
]


@pytest.mark.parametrize("declared", ENTITIES)
@pytest.mark.parametrize("part", ["word/document.xml", "_rels/.rels"])
def test_xml_that_declares_anything_is_refused(part: str, declared: bytes):
    parts = unzipped(PLAIN)
    parts[part] = declared + parts[part].removeprefix(b'<?xml version="1.0"?>')
    assert "declares XML of its own" in refused("report.docx", zipped(parts))


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_declarations_are_seen_in_other_encodings_too(encoding: str):
    body = unzipped(PLAIN)["word/document.xml"].decode()
    text = f'<?xml version="1.0" encoding="{encoding}"?>{ENTITIES[1].decode()}{body}'
    assert "declares XML of its own" in refused("report.docx", with_document(text.encode(encoding)))


def test_macros_are_no_part_of_what_is_read():
    parts = {**unzipped(PLAIN), "word/vbaProject.bin": b"Sub AutoOpen()"}
    draft = read_document("report.docx", zipped(parts))
    assert b"AutoOpen" not in repr(draft).encode()


def test_nothing_outside_the_file_is_fetched(monkeypatch: pytest.MonkeyPatch):
    import socket

    def no_connection(*_: object, **__: object) -> None:
        raise AssertionError("a document asked for something outside")

    monkeypatch.setattr(socket, "create_connection", no_connection)
    picture = '<w:p><w:r><w:drawing><a:blip r:link="r1"/></w:drawing></w:r><w:r><w:t>Words</w:t></w:r></w:p>'
    relation = b'<Relationship Id="r1" Type="http://x/image" Target="http://127.0.0.1:1/a.png" TargetMode="External"/></Relationships>'
    data = changed(
        bare(picture, styles="<w:styles xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'/>"),
        "word/_rels/document.xml.rels",
        b"</Relationships>",
        relation,
    )
    assert [one.what for one in read_document("r.docx", data).unread] == [
        "a picture that is not in the document itself"
    ]
    read_document("r.md", b"![alt](http://127.0.0.1:1/a.png) words")


@pytest.mark.parametrize(
    "source", ["[" * 40_000, "> " * 500 + "x", "- " * 400 + "x", "![" * 20_000, "*a **b " * 20_000, "`a `b ``" * 20_000]
)
def test_markdown_that_would_take_minutes_is_refused_or_read_soon(source: str):
    start = time.monotonic()
    assert "nested too deeply" in (said_of(source) or "nested too deeply")
    assert time.monotonic() - start < SOON


def said_of(source: str) -> str:
    """Why it is refused, or nothing where it is read."""
    try:
        read_document("report.md", source.encode())
    except CannotRead as refusal:
        return str(refusal)
    return ""


def test_mark_that_cannot_be_read_is_refused_with_its_line():
    for bad in (
        "[x]{.redacted}",
        "[x]{.redacted ref=C-AAAA}",
        "[x]{.redacted ref=R_7}",
        "[x]{.redacted ref=R-7Q2K",
        "{.redacted ref=}\n\nx",
    ):
        source = f"# Title\n\nplain\n\nwords {bad} words"
        assert "Line 5 hides words" in refused("report.md", source.encode()), bad
