"""A report with one of everything that Word has, and its words counted by somebody who knows nothing of how it is read."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache

from docx.document import Document as WordDocument
from docx.shared import Cm

from tests.review.word_files import chart, footnote, raw, unzipped, with_footnotes, word

WORD = re.compile(r"\w+")
RUN = re.compile(
    rb"<w:t(?: [^>]*)?>([^<]*)</w:t>|(<w:del |<w:moveFrom )|(</w:del>|</w:moveFrom>)|(</?w:p>|<w:p |<w:tab/>|<w:br/>)"
)


@cache
def rich_report() -> bytes:
    """The document."""
    return word(_write)


def _write(document: WordDocument) -> None:
    document.add_heading("Risk report on Orrin 2", 0)
    document.add_paragraph("Draft of April, by eleven people who do not agree on everything that stands here.")
    document.sections[0].header.paragraphs[0].text = "Confidential header"
    document.sections[0].footer.paragraphs[0].text = "Footer words"
    _front(document)
    _claims(document)
    _pathways(document)
    _registers(document)
    document.add_heading("Appendix B: Method", 1)
    document.add_paragraph("Counted by hand.")


def _front(document: WordDocument) -> None:
    notes = with_footnotes(document, ["Footnote alpha.", "Footnote beta, in a heading."])
    document.add_heading("Executive summary", 1)
    footnote(document.add_paragraph("Low risk."), notes[0])
    footnote(document.add_heading("1.2 Scope of all this", 1), notes[1])
    one = document.add_paragraph("Inside use ")
    raw(
        one,
        '<w:ins w:id="90"><w:r><w:t xml:space="preserve">and outside use </w:t></w:r></w:ins>'
        '<w:del w:id="91"><w:r><w:delText>NEVERKEPT</w:delText></w:r></w:del>'
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>vanished words</w:t></w:r>"
        "<w:r><w:pict><w:txbxContent><w:p><w:r><w:t>Boxed margin note</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>",
    )
    document.add_comment(one.runs[0], "Why inside only?", author="Marta Lindqvist", initials="ML")
    for words, style in (("first thing", "List Bullet"), ("deeper thing", "List Bullet 2"), ("A quotation.", "Quote")):
        document.add_paragraph(words, style=style)


def _claims(document: WordDocument) -> None:
    document.add_heading("2 Key claims", 1)
    document.add_paragraph("Before the claims.")
    statement = document.add_paragraph("Claim 1: The weights are kept safe by two people.")
    document.add_comment(statement.runs, "By which two?", author="Bo", initials="B")
    document.add_paragraph("Basis of the first claim.")
    document.add_paragraph("Claim 2: No job runs without an owner.")
    document.add_heading("A list of steps that are claims", 2)
    for words in ("Egress is capped at the border.", "Every alarm is read by a person.", "Logs are kept for a year."):
        document.add_paragraph(words, style="List Number")
    document.add_paragraph("After the list.")


def _pathways(document: WordDocument) -> None:
    document.add_heading("3. Pathways to harm", 1)
    document.add_heading("Pathway 1: Sandbagging", 2)
    document.add_paragraph("It could do worse work than it can.")
    document.add_heading("Detection", 3)
    document.add_picture(chart(), width=Cm(3))
    document.add_paragraph("Figure 1: what is read.", style="Caption")
    document.add_heading("Leaks of information", 2)
    document.add_paragraph("It could tell.")


def _registers(document: WordDocument) -> None:
    document.add_heading("4 Evidence", 1)
    _table(
        document,
        (
            ("Evidence", "Finding", "As of", "Owner", "No."),
            ("Drill", "Caught in nine minutes.", "2026-01-15", "Ada", "17"),
        ),
    )
    document.add_paragraph("Below the register.")
    _table(document, (("Year", "Alarms"), ("2025", "forty")))
    _table(document, (("Term", "Meaning"), ("Monitor", "What reads."), ("Drill", "What is staged.")))


def _table(document: WordDocument, rows: tuple[tuple[str, ...], ...]) -> None:
    table = document.add_table(len(rows), len(rows[0]), style="Table Grid")
    for row, words in zip(table.rows, rows, strict=True):
        for cell, said in zip(row.cells, words, strict=True):
            cell.text = said


def words_in(text: str) -> Counter[str]:
    """How often each word stands there."""
    return Counter(WORD.findall(unicodedata.normalize("NFKC", text).lower()))


def words_of_file(data: bytes) -> Counter[str]:
    """The words of every part of a DOCX that holds text, but for those that a tracked change deleted; told from the raw XML alone."""
    found: Counter[str] = Counter()
    for name, content in unzipped(data).items():
        if re.fullmatch(r"word/(document|footnotes|endnotes|comments|header\d*|footer\d*)\.xml", name):
            found += words_in(_plain(content))
    return found


def _plain(xml: bytes) -> str:
    out: list[str] = []
    deleted = 0
    for words, begins, ends, parts in RUN.findall(xml):
        deleted += bool(begins) - bool(ends)
        if not deleted:
            out.append(words.decode() if words else " " if parts else "")
    return "".join(out)
