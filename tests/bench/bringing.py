"""Stage of the workshop: a report of 60 pages as Word writes it, from its bytes to new parts of the case."""

from __future__ import annotations

import time
from statistics import median

from docx import Document
from docx.document import Document as WordDocument

from review.actions.bringing import bring_in, keep_draft
from tests.bench.figures import progress, say
from tests.bench.people import actor
from tests.bench.state import State
from tests.bench.words import Words
from tests.review.word_files import chart, footnote, saved, with_footnotes

RUNS = 3
SECTIONS, PATHWAYS, CLAIMS, EVIDENCE, FIGURES, NOTES = 17, 9, 60, 50, 8, 40
PARAGRAPHS, WORDS_EACH = 9, 115  # of a section or a pathway: two pages


def measure(state: State) -> None:
    """The figure: reading the file, keeping what was read, and importing it as proposed; median of three."""
    data = report()
    by, case_id = actor(state, "Ada"), state.case(1)
    times: list[tuple[float, float]] = []
    for _ in range(RUNS):
        start = time.perf_counter()
        draft = keep_draft(by=by, case_id=case_id, name="report.docx", data=data)
        read = time.perf_counter()
        made = bring_in(by=by, case_id=case_id, draft_id=draft, places={}, columns={})
        times.append((read - start, time.perf_counter() - read))
        progress(f"import: read in {times[-1][0]:.2f} s, {len(made.refs)} parts written in {times[-1][1]:.2f} s")
        assert len(made.refs) >= SECTIONS + PATHWAYS + CLAIMS + EVIDENCE
    say("docx_import_seconds", median(sum(pair) for pair in times), "s", RUNS)


def report() -> bytes:
    """Some 28,000 words: sections, pathways, claims with a basis, a register of evidence, footnotes, figures, comments, lists."""
    words = Words(1)
    document = Document()
    document.add_heading("Risk report", 0)
    notes = with_footnotes(document, [words.some(20) for _ in range(NOTES)])
    for number in range(SECTIONS):
        document.add_heading(f"{number + 1}. {words.some(4)}", 1)
        _prose(document, words, notes)
        if number < FIGURES:
            document.add_picture(chart((number * 3 + 20, 60, 90)))
            document.add_paragraph(words.some(9), style="Caption")
    document.add_heading("Claims", 1)
    for number in range(CLAIMS):
        document.add_paragraph(f"Claim {number + 1}: {words.some(14)}")
        document.add_paragraph(words.some(40))
    document.add_heading("Pathways", 1)
    for number in range(PATHWAYS):
        document.add_heading(f"Pathway {number + 1}: {words.some(4)}", 2)
        _prose(document, words, notes)
    document.add_heading("Evidence", 1)
    _register(document, words)
    return saved(document)


def _prose(document: WordDocument, words: Words, notes: list[str]) -> None:
    for number in range(PARAGRAPHS):
        paragraph = document.add_paragraph(words.some(WORDS_EACH // 2))
        paragraph.add_run(words.some(3)).bold = True
        paragraph.add_run(words.some(WORDS_EACH // 2))
        if number == 0:
            document.add_comment(paragraph.runs, words.some(15), author="Bench", initials="B")
            if notes:
                footnote(paragraph, notes.pop())
        if number == 1:
            for _ in range(4):
                document.add_paragraph(words.some(12), style="List Bullet")


def _register(document: WordDocument, words: Words) -> None:
    headers = ("Evidence", "Finding", "Conditions", "As of")
    table = document.add_table(EVIDENCE + 1, len(headers))
    rows = [headers, *((words.some(5), words.some(20), words.some(12), "2026-01-15") for _ in range(EVIDENCE))]
    for row, said in zip(table.rows, rows, strict=True):
        for cell, one in zip(row.cells, said, strict=True):
            cell.text = one
