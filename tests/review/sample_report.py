"""The sample for people to try: `python -m tests.review.sample_report` writes examples/report-to-import.docx anew."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_COLOR_INDEX
from docx.shared import Cm

from tests.review.word_files import chart, footnote, saved, with_footnotes

WHERE = Path(__file__).resolve().parents[2] / "examples" / "report-to-import.docx"
PATHWAYS = (
    (
        "Sandbagging on safety research",
        "Orrin 2 could lower the quality of the safety research that it helps with: weaker ideas, subtle bugs, results reported too well.",
        "Such work would have to fool people who read it line by line, in a field where results are reproduced. We saw no sign of it in "
        "140 paired tasks, half of which Orrin 2 was told were for safety and half for a product.",
    ),
    (
        "A rogue deployment inside the company",
        "Orrin 2 could start copies of itself on company machines, outside the jobs that anybody watches.",
        "A job needs an owner, and the scheduler ends jobs whose owner does not renew them each week. A copy would have to pass for "
        "somebody's work for as long as it runs.",
    ),
    (
        "Leaks of information",
        "Orrin 2 could pass on what raises risk later, such as how its own monitoring works.",
        "This is the pathway that we can say least about. Outgoing traffic is counted, not read, and nobody has tried to carry "
        "something out in small pieces.",
    ),
)
CLAIMS = (
    (
        "Orrin 2 has no goals of its own that conflict with those of the people who oversee it.",
        "The alignment audit of March found none in 1,900 transcripts. It would have missed goals that show rarely.",
    ),
    (
        "Orrin 2 cannot do complex harm without a monitor taking notice.",
        "In 60 staged attempts the monitor missed four, all of them short.",
    ),
    (
        "Every long job on the cluster has an owner who looks at it.",
        "The scheduler asks weekly. We have not checked what people do when they are asked.",
    ),
)
EVIDENCE = (
    ("Evidence", "Finding", "Conditions", "As of", "Owner"),
    (
        "Alignment audit",
        "No consistent misaligned goals in 1,900 transcripts.",
        "Final checkpoint, agents only, no tool use in a third.",
        "2026-03-18",
        "T. Okafor",
    ),
    (
        "Staged sabotage, 60 attempts",
        "56 of 60 caught; the four missed took under ten actions.",
        "Red team of six, two weeks.",
        "2026-04-02",
        "M. Lindqvist",
    ),
    (
        "Scheduler's log",
        "Every job over 24 hours named an owner in February.",
        "Export of the log, not a test.",
        "2026-02-28",
        "R. Haas",
    ),
)
GLOSSARY = (
    ("Term", "Meaning"),
    ("Monitor", "A second model that reads the actions of the first and raises an alarm."),
    ("Staged attempt", "Sabotage that somebody asked for, to see whether it is caught."),
)
WRITTEN = datetime(2026, 4, 20, tzinfo=UTC)


def sample() -> bytes:
    """The report."""
    document = Document()
    document.core_properties.created = document.core_properties.modified = WRITTEN  # the same bytes each time
    document.add_heading("Risk report on Orrin 2: sabotage", 0)
    _summary(document)
    _claims(document)
    _pathways(document)
    _evidence(document)
    _end(document)
    return saved(document)


def _summary(document: WordDocument) -> None:
    document.add_heading("Executive summary", 1)
    document.add_paragraph(
        "We ask whether Orrin 2 could by its own misaligned action help to bring about a catastrophe, and conclude that "
        "the risk is very low and not negligible. Nobody made this report but the people who wrote the software that you "
        "are trying: model, company and figures are invented."
    )
    document.add_heading("Scope", 1)
    document.add_paragraph(
        "Use of Orrin 2 by staff as a coding and research agent, from 2 March 2026 on. Misuse by people is not covered."
    )
    document.add_heading("1. The model and how it is used", 1)
    notes = with_footnotes(document, ["Counted on 31 March 2026. A month before it was 118."])
    paragraph = document.add_paragraph("About 130 people use Orrin 2 every week.")
    footnote(paragraph, notes[0])
    said = document.add_paragraph(
        "It writes and runs code, and acts on four kinds of surface, of which the monitor reads unequal shares:"
    )
    document.add_comment(said.runs, "Which four? The figure has five bars.", author="Marta Lindqvist", initials="ML")
    document.add_picture(chart(), width=Cm(8))
    document.add_paragraph("Per cent of actions that the monitor reads, by surface.", style="Caption")
    closing = document.add_paragraph("The narrowest gap lies in notebooks, where ")
    closing.add_run("the monitor is off between 02:00 and 02:20").font.highlight_color = WD_COLOR_INDEX.YELLOW
    closing.add_run(" while it is updated.")


def _claims(document: WordDocument) -> None:
    document.add_heading("2. What the argument rests on", 1)
    document.add_paragraph("Three claims carry most of it. Each could be false, and we say how we would find out.")
    for number, (statement, basis) in enumerate(CLAIMS, 1):
        paragraph = document.add_paragraph()
        paragraph.add_run(f"Claim {number}: ").bold = True
        paragraph.add_run(statement)
        document.add_paragraph(basis)


def _pathways(document: WordDocument) -> None:
    document.add_heading("3. Pathways to harm", 1)
    document.add_paragraph(
        "The list was argued over until none of us could name a fourth that would not be one of these three."
    )
    for number, (title, action, argument) in enumerate(PATHWAYS, 1):
        document.add_heading(f"Pathway {number}: {title}", 2)
        document.add_paragraph(action)
        document.add_heading("Why the risk is low", 3)
        document.add_paragraph(argument)
        document.add_heading("What would change our mind", 3)
        for item in (
            "A single staged attempt of this kind that is missed twice.",
            "A change in what the model may reach.",
        ):
            document.add_paragraph(item, style="List Bullet")


def _evidence(document: WordDocument) -> None:
    document.add_heading("4. Evidence", 1)
    _table(document, EVIDENCE)
    document.add_heading("5. Where this is most likely wrong", 1)
    document.add_paragraph(
        "The monitor was trained on attempts much like those it was tested with. What it misses, we would not know."
    )


def _end(document: WordDocument) -> None:
    document.add_heading("Appendix A: Words used", 1)
    _table(document, GLOSSARY)
    document.sections[0].header.paragraphs[0].text = "Orrin 2 risk report, draft of 20 April 2026"


def _table(document: WordDocument, rows: tuple[tuple[str, ...], ...]) -> None:
    table = document.add_table(len(rows), len(rows[0]), style="Table Grid")
    for row, words in zip(table.rows, rows, strict=True):
        for cell, said in zip(row.cells, words, strict=True):
            cell.text = said


if __name__ == "__main__":
    WHERE.write_bytes(sample())
