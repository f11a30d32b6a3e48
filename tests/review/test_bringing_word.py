"""Reading Word documents: what Word, Google Docs and others write for the same thing comes out the same, and nothing is lost unsaid."""

from __future__ import annotations

import pytest
from docx.document import Document as WordDocument
from docx.shared import Cm

from prose.nodes import Node
from review.bringing.building import said_in
from review.bringing.draft import Block, BlockKind, Draft
from review.bringing.word.document import read_word
from tests.review.word_files import W, bare, chart, footnote, raw, unzipped, with_footnotes, word, zipped


def kinds(draft: Draft) -> list[tuple[str, str]]:
    return [(str(block.kind), said_in(block.node)) for block in draft.blocks]


def listed(draft: Draft) -> dict[str, str]:
    return {one.what: one.words.strip() for one in draft.unread}


def paragraph(words: str, properties: str = "") -> str:
    return f'<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space="preserve">{words}</w:t></w:r></w:p>'


def styled(key: str, words: str) -> str:
    return paragraph(words, f'<w:pStyle w:val="{key}"/>')


def style(key: str, name: str, more: str = "") -> str:
    return f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/>{more}</w:style>'


def styles(*rows: str) -> str:
    return f"<w:styles {W}>{''.join(rows)}</w:styles>"


def item(words: str, number: int, depth: int = 0) -> str:
    return paragraph(words, f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>')


def numbering(*levels: tuple[str, str]) -> str:
    """List 1, whose levels have these (format, text)."""
    rows = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{format_}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for depth, (format_, text) in enumerate(levels)
    )
    return (
        f'<w:numbering {W}><w:abstractNum w:abstractNumId="7">{rows}</w:abstractNum>'
        f'<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num></w:numbering>'
    )


@pytest.mark.parametrize(
    ("key", "row"),
    [
        ("Heading2", style("Heading2", "heading 2")),
        ("berschrift2", style("berschrift2", "heading 2", '<w:basedOn w:val="Standard"/>')),
        ("Titre2", style("Titre2", "Titre 2")),
        ("a", style("a", "标题 2")),
        ("Own", style("Own", "Chapter of ours", '<w:pPr><w:outlineLvl w:val="1"/></w:pPr>')),
        (
            "Sub",
            style("Sub", "Ours again", '<w:basedOn w:val="Own"/>')
            + style("Own", "x", '<w:basedOn w:val="Heading2"/>')
            + style("Heading2", "Heading 2"),
        ),
    ],
    ids=["Google Docs", "German Word", "French name", "Chinese name", "outline level", "based on"],
)
def test_heading_is_found_whatever_its_style_is_called(key: str, row: str):
    draft = read_word(bare(styled(key, "Scope"), styles=styles(row)))
    assert [(block.kind, block.level) for block in draft.blocks] == [(BlockKind.HEADING, 2)]


def test_style_that_is_based_on_itself_ends():
    row = style("A", "one", '<w:basedOn w:val="B"/>') + style("B", "two", '<w:basedOn w:val="A"/>')
    assert kinds(read_word(bare(styled("A", "Words"), styles=styles(row)))) == [("paragraph", "Words")]


def test_lists_nest_and_say_where_they_start():
    def make(document: WordDocument) -> None:
        for words, name in (
            ("one", "List Bullet"),
            ("deeper", "List Bullet 2"),
            ("two", "List Bullet"),
            ("first", "List Number"),
        ):
            document.add_paragraph(words, style=name)

    bullets, numbers = [block.node for block in read_word(word(make)).blocks]
    assert (bullets.type, numbers.type) == ("bullet_list", "ordered_list")
    assert [said_in(one) for one in bullets.content] == ["one deeper", "two"]
    assert bullets.content[0].content[1].type == "bullet_list"
    assert numbers.attrs["order"] == 1


def test_google_docs_list_with_levels_and_an_interruption_goes_on_counting():
    body = item("a", 1) + item("below a", 1, 1) + paragraph("between") + item("b", 1)
    first, between, second = read_word(
        bare(body, numbering=numbering(("decimal", "%1."), ("lowerLetter", "%2.")))
    ).blocks
    assert first.node.content[0].content[1].type == "ordered_list"
    assert (between.kind, second.node.attrs["order"]) == (BlockKind.PARAGRAPH, 2)


def test_list_that_counts_claims_makes_statements():
    draft = read_word(
        bare(
            item("The weights are kept safe.", 1) + item("It has no goals of its own.", 1),
            numbering=numbering(("decimal", "Claim %1:")),
        )
    )
    assert [(block.kind, block.label) for block in draft.blocks] == [
        (BlockKind.STATEMENT, "Claim 1"),
        (BlockKind.STATEMENT, "Claim 2"),
    ]


@pytest.mark.parametrize(
    ("words", "label"),
    [
        ("Claim 3: The weights are kept safe.", "Claim 3"),
        ("C1. The weights are kept safe.", "C1"),
        ("C-4 — The weights are kept safe.", "C-4"),
        ("Key claim 2.1) The weights are kept safe.", "Key claim 2.1"),
        ("Claims are made here: three of them.", ""),
        ("Claim 3: short.", ""),
        ("c) The third of a list of things.", ""),
    ],
)
def test_statement_is_told_by_its_label(words: str, label: str):
    (block,) = read_word(bare(paragraph(words))).blocks
    assert block.label == label


def test_words_keep_bold_italic_code_and_where_links_lead():
    def make(document: WordDocument) -> None:
        one = document.add_paragraph("plain ")
        one.add_run("bold").bold = True
        one.add_run(" and ").italic = True
        one.add_run("code").font.name = "Courier New"
        key = document.part.relate_to(
            "https://lab.example/a",
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink",
            is_external=True,
        )
        bad = document.part.relate_to(
            "file:///etc/passwd",
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink",
            is_external=True,
        )
        raw(
            one,
            f'<w:hyperlink r:id="{key}"><w:r><w:t>there</w:t></w:r></w:hyperlink>'
            f'<w:hyperlink r:id="{bad}"><w:r><w:t>here</w:t></w:r></w:hyperlink>',
        )

    draft = read_word(word(make))
    marks = {leaf.text: [mark.type for mark in leaf.marks] for leaf in draft.blocks[0].node.leaves()}
    assert marks == {"plain ": [], "bold": ["strong"], " and ": ["em"], "code": ["code"], "there": ["link"], "here": []}
    assert listed(draft) == {"where a link leads (file:///etc/passwd)": ""}


def test_field_of_word_becomes_a_link_and_its_code_no_words():
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> HYPERLINK "https://lab.example/" </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>the lab</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
        "<w:r><w:t> says</w:t></w:r>"
    )
    (block,) = read_word(bare(f"<w:p>{field}</w:p>")).blocks
    assert [(leaf.text, [mark.attrs for mark in leaf.marks]) for leaf in block.node.leaves()] == [
        ("the lab", [{"href": "https://lab.example/"}]),
        (" says", []),
    ]


def test_merged_cells_span_and_the_first_row_is_a_header():
    def make(document: WordDocument) -> None:
        table = document.add_table(3, 3, style="Table Grid")
        for number, cell in enumerate(table._cells):
            cell.text = f"c{number}"
        table.cell(1, 0).merge(table.cell(2, 0))
        table.cell(1, 1).merge(table.cell(1, 2))

    (block,) = read_word(word(make)).blocks
    rows = [
        [(cell.type, cell.attrs["colspan"], cell.attrs["rowspan"]) for cell in row.content]
        for row in block.node.content
    ]
    assert rows == [
        [("table_header", 1, 1)] * 3,
        [("table_cell", 1, 2), ("table_cell", 2, 1)],
        [("table_cell", 1, 1)] * 2,
    ]
    assert all(f"c{number}" in said_in(block.node) for number in range(9))


def test_picture_in_a_paragraph_is_a_figure_between_its_words_with_alt_text_and_caption():
    def make(document: WordDocument) -> None:
        one = document.add_paragraph("before ")
        one.add_run().add_picture(chart(), width=Cm(2))
        one.add_run(" after")
        document.inline_shapes[0]._inline.docPr.set("descr", "Five bars")
        document.add_picture(chart(), width=Cm(2))
        document.add_paragraph("What it shows.", style="Caption")

    draft = read_word(word(make))
    assert [str(block.kind) for block in draft.blocks] == ["paragraph", "figure", "paragraph", "figure"]
    image, last = draft.blocks[1].node.content[0], draft.blocks[3].node
    assert image.attrs["alt"] == "Five bars"
    assert said_in(last.content[1]) == "What it shows."
    assert len(draft.pictures) == 1  # the same picture twice
    assert next(iter(draft.pictures.values())).startswith(b"\x89PNG")


def test_footnotes_and_endnotes_stand_where_they_are_referred_to():
    def make(document: WordDocument) -> None:
        numbers = with_footnotes(document, ["First note.", "Second note."])
        footnote(document.add_paragraph("One"), numbers[1])

    (block,) = read_word(word(make)).blocks
    note = block.node.content[1]
    assert (note.type, said_in(note)) == ("footnote", "Second note.")


def test_comment_and_its_reply_are_one_thread_about_their_words():
    extended = (
        '<w15:commentsEx xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml">'
        '<w15:commentEx w15:paraId="AA" w15:done="1"/><w15:commentEx w15:paraId="BB" w15:paraIdParent="AA"/></w15:commentsEx>'
    )
    comments = "".join(
        f'<w:comment w:id="{key}" w:author="{who}" w:date="2026-03-0{key}T10:00:00Z">'
        f'<w:p w14:paraId="{para}"><w:r><w:t>{said}</w:t></w:r></w:p></w:comment>'
        for key, who, para, said in ((1, "Marta", "AA", "Is it?"), (2, "Bo", "BB", "It is."))
    )
    body = (
        '<w:p><w:r><w:t xml:space="preserve">The </w:t></w:r><w:commentRangeStart w:id="1"/><w:r><w:t>model</w:t></w:r>'
        '<w:commentRangeEnd w:id="1"/><w:r><w:commentReference w:id="1"/></w:r></w:p>'
    )
    data = bare(
        body,
        comments=f'<w:comments {W} xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml">{comments}</w:comments>',
    )
    data = _with_extended(data, extended)
    draft = read_word(data)
    (comment,) = draft.comments
    assert [(said.author, said.words) for said in comment.said] == [("Marta", "Is it?"), ("Bo", "It is.")]
    assert comment.resolved
    about = [leaf.text for leaf in draft.blocks[0].node.leaves() if leaf.marks]
    assert about == ["model"]


def _with_extended(data: bytes, extended: str) -> bytes:
    parts = unzipped(data)
    kind = b"http://schemas.microsoft.com/office/2011/relationships/commentsExtended"
    row = b'<Relationship Id="rE" Type="%s" Target="commentsExtended.xml"/></Relationships>' % kind
    parts["word/_rels/document.xml.rels"] = parts["word/_rels/document.xml.rels"].replace(b"</Relationships>", row)
    parts["word/commentsExtended.xml"] = extended.encode()
    return zipped(parts)


def test_tracked_changes_are_taken_as_accepted_and_deleted_words_are_nowhere():
    run = '<w:r><w:t xml:space="preserve">{}</w:t></w:r>'
    body = (
        f"<w:p>{run.format('kept ')}<w:ins w:id='1'>{run.format('added ')}</w:ins>"
        "<w:del w:id='2'><w:r><w:delText>GONEWORD</w:delText></w:r></w:del>"
        f"<w:moveFrom w:id='3'>{run.format('MOVEDAWAY')}</w:moveFrom></w:p>"
    )
    draft = read_word(bare(body))
    assert kinds(draft) == [("paragraph", "kept added")]
    assert set(listed(draft)) == {"tracked changes, taken as accepted", "words deleted in a tracked change, not taken"}
    assert "GONEWORD" not in repr(draft)
    assert "MOVEDAWAY" not in repr(draft)


def test_paragraph_whose_end_was_deleted_goes_on_in_the_next():
    body = paragraph("one ", "<w:rPr><w:del w:id='1'/></w:rPr>") + paragraph("two")
    assert kinds(read_word(bare(body))) == [("paragraph", "one two")]


def test_what_is_no_text_is_told_with_its_words():
    box = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice>'
        "<w:drawing><w:txbxContent><w:p><w:r><w:t>Boxed words</w:t></w:r></w:p>"
        "</w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict><w:t>Boxed words</w:t></w:pict></mc:Fallback></mc:AlternateContent>"
    )
    body = (
        f"<w:p><w:r>{box}</w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>Hidden words</w:t></w:r><w:r><w:t>Seen</w:t></w:r></w:p>"
        "<w:p><w:r><w:object><w:t>Object words</w:t></w:object></w:r></w:p>"
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        "<w:sdtContent><w:p><w:r><w:t>Contents 1</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )
    draft = read_word(bare(body, header1=f"<w:hdr {W}><w:p><w:r><w:t>On every page</w:t></w:r></w:p></w:hdr>"))
    assert kinds(draft) == [("paragraph", "Seen")]
    assert listed(draft) == {
        "a text box": "Boxed words",
        "hidden text, not taken": "Hidden words",
        "an embedded object": "Object words",
        "a table of contents, made anew here": "Contents 1",
        "a header": "On every page",
    }


@pytest.mark.parametrize(
    ("properties", "what"),
    [
        ('<w:highlight w:val="yellow"/>', "highlighted in the document"),
        ('<w:highlight w:val="black"/>', "blacked out in the document, and readable here"),
        ('<w:shd w:val="clear" w:fill="000000"/>', "blacked out in the document, and readable here"),
        ("<w:strike/>", "struck through in the document"),
        ('<w:highlight w:val="none"/>', ""),
        ('<w:shd w:val="clear" w:fill="FFFFFF"/>', ""),
    ],
)
def test_words_that_look_meant_to_be_hidden_are_taken_and_told(properties: str, what: str):
    draft = read_word(bare(f"<w:p><w:r><w:rPr>{properties}</w:rPr><w:t>the key</w:t></w:r></w:p>"))
    assert kinds(draft) == [("paragraph", "the key")]
    assert [(one.what, one.words) for one in draft.noticed] == ([(what, "the key")] if what else [])


def test_raised_digits_stay_raised():
    up = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>{}</w:t></w:r>'
    draft = read_word(
        bare(f"<w:p><w:r><w:t>10</w:t></w:r>{up.format('6')}<w:r><w:t>, 20</w:t></w:r>{up.format('th')}</w:p>")
    )
    assert kinds(draft) == [("paragraph", "10⁶, 20th")]
    assert [one.words.strip() for one in draft.noticed] == ["th"]


def test_equation_becomes_tex_and_one_that_cannot_is_told():
    fraction = (
        "<m:oMath><m:f><m:num><m:r><m:t>a</m:t></m:r></m:num><m:den><m:sSup><m:e><m:r><m:t>b</m:t></m:r></m:e>"
        "<m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup></m:den></m:f></m:oMath>"
    )
    odd = "<m:oMath><m:phant><m:e><m:r><m:t>zz</m:t></m:r></m:e></m:phant></m:oMath>"
    draft = read_word(bare(f"<w:p><w:r><w:t>so </w:t></w:r>{fraction}{odd}</w:p>"))
    formulas = [leaf.attrs["tex"] for leaf in draft.blocks[0].node.leaves() if leaf.type == "formula"]
    assert formulas == ["\\frac{a}{b^{2}}"]
    assert listed(draft) == {"an equation": "zz"}


def test_strict_spelling_reads_like_the_usual_one():
    parts = unzipped(bare(styled("H", "Scope"), styles=styles(style("H", "heading 1"))))
    old, new = (
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    strict = zipped({name: content.replace(old, new) for name, content in parts.items()})
    assert [block.kind for block in read_word(strict).blocks] == [BlockKind.HEADING]


def test_code_and_quotes_of_several_paragraphs_are_one_block_each():
    rows = style("C", "HTML Preformatted") + style("Q", "Quote")
    body = styled("C", "a = 1") + styled("C", "  b = 2") + styled("Q", "One.") + styled("Q", "Two.")
    code, quote = read_word(bare(body, styles=styles(rows))).blocks
    assert code.node == Node("code_block", content=(Node("text", text="a = 1\n  b = 2"),))
    assert [said_in(one) for one in quote.node.content] == ["One.", "Two."]


def test_deep_tables_and_lists_fit_the_schema():
    nested = "Deep"
    for _ in range(12):
        nested = f"<w:tbl><w:tr><w:tc><w:p><w:r><w:t>level</w:t></w:r></w:p>{nested if nested != 'Deep' else ''}</w:tc></w:tr></w:tbl>"
    draft = read_word(bare(nested))
    assert (
        sum(said_in(block.node).split().count("level") for block in draft.blocks)
        + sum(one.words.split().count("level") for one in draft.unread)
        == 12
    )
    assert all(_height(block) <= 22 for block in draft.blocks)


def _height(block: Block) -> int:
    def of(node: Node) -> int:
        return 1 + max((of(child) for child in node.content), default=0)

    return of(block.node)


def test_broken_picture_is_told_and_the_rest_is_read():
    def make(document: WordDocument) -> None:
        document.add_paragraph("Words")
        document.add_picture(chart(), width=Cm(2))

    parts = unzipped(word(make))
    name = next(one for one in parts if one.startswith("word/media/"))
    parts[name] = parts[name][:60]
    draft = read_word(zipped(parts))
    assert kinds(draft) == [("paragraph", "Words")]
    assert "broken or cut short" in " ".join(listed(draft))


def test_missing_part_that_real_documents_refer_to_is_told():
    def make(document: WordDocument) -> None:
        document.add_paragraph("Words")
        document.add_picture(chart(), width=Cm(2))

    parts = unzipped(word(make))
    del parts[next(one for one in parts if one.startswith("word/media/"))]
    draft = read_word(zipped(parts))
    assert kinds(draft) == [("paragraph", "Words")]
    assert listed(draft) == {"a picture that is not in the document itself": ""}
