"""Writing where one reads: opening a text and leaving it, keys and typing rules, paste, tables, figures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.conftest import Demo
from tests.browser.editing import (
    BODY,
    OPEN,
    PASTE,
    ada_in,
    case_of,
    is_saved,
    leave,
    sections,
    shape,
    typed,
    write_anew,
    write_at,
)
from tests.browser.test_clean_paste import GOOGLE
from tests.browser.test_story import no_axe_findings, sign_in
from tests.cases.figure_files import as_png

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("editor")]
BOXES = """() => [...document.querySelectorAll(".top, .rail-box, main article *, .notes")].filter(
  (one) => one.matches("[data-kind=body] > *, :not([data-kind] *)") && !one.closest("[data-writing], .sr")
).map((one) => JSON.stringify(one.getBoundingClientRect()))"""
DROP = """bytes => {
  const data = new DataTransfer()
  data.items.add(new File([Uint8Array.from(bytes)], "figure.png", {type: "image/png"}))
  const {left, top} = document.querySelector(".ProseMirror p").getBoundingClientRect()
  const where = {clientX: left + 5, clientY: top + 5, dataTransfer: data, bubbles: true, cancelable: true}
  document.querySelector(".ProseMirror p").dispatchEvent(new DragEvent("drop", where))
}"""


@pytest.fixture(scope="module")
def ada(browser: Browser, writing_demo: Demo) -> Iterator[Page]:
    page = ada_in(browser, writing_demo)
    yield page
    page.context.close()


@pytest.fixture(scope="module")
def case(ada: Page) -> str:
    return case_of(ada)


def test_words_typed_where_they_are_read_stand_there_after_a_reload(ada: Page, case: str) -> None:
    text = write_at(ada, sections(ada, case, 0))
    before = text.bounding_box()
    ada.keyboard.type("Typed in place. ")
    is_saved(ada)
    assert text.bounding_box()["x"] == before["x"]  # type: ignore[index]
    ada.locator(".rail h2").first.click()
    expect(ada.locator(OPEN)).to_have_count(0)
    expect(text.locator("[data-at]").first).to_contain_text("Typed in place.")
    ada.reload()
    expect(ada.locator(BODY)).to_contain_text("Typed in place.")


def test_words_typed_while_the_text_is_still_opening_are_written(ada: Page, case: str) -> None:
    ada.goto(sections(ada, case, 0))
    held: list[Route] = []
    ada.route(re.compile(r"/texts/[^/]+/$"), lambda route: held.append(route), times=1)
    ada.locator(BODY).locator("p").first.click(position={"x": 2, "y": 8})
    ada.keyboard.type("Too soonn")
    ada.keyboard.press("Backspace")
    expect(ada.locator(BODY)).to_have_attribute("aria-busy", "true")
    expect(ada.locator(OPEN)).to_have_count(0)
    assert held
    held.pop().continue_()
    expect(ada.locator(OPEN)).to_contain_text("Too soon")
    expect(ada.locator(OPEN)).not_to_contain_text("soonn")
    is_saved(ada)
    leave(ada)


def test_nothing_moves_when_a_text_is_opened_and_left(ada: Page, case: str) -> None:
    ada.goto(sections(ada, case, 1))
    text = ada.locator(BODY)
    before = ada.evaluate(BOXES)
    assert len(before) > 12
    text.locator("p").first.click()
    expect(ada.locator(OPEN)).to_be_focused()
    assert ada.evaluate(BOXES) == before
    leave(ada)
    assert ada.evaluate(BOXES) == before


def test_words_selected_with_the_mouse_do_not_open_the_text(ada: Page, case: str) -> None:
    ada.goto(sections(ada, case, 1))
    box = ada.locator(f"{BODY} p").first.bounding_box()
    assert box is not None
    ada.mouse.move(box["x"] + 5, box["y"] + 12)
    ada.mouse.down()
    ada.mouse.move(box["x"] + 220, box["y"] + 12, steps=4)
    ada.mouse.up()
    expect(ada.locator(".words-bar")).to_be_visible()
    expect(ada.locator(OPEN)).to_have_count(0)


def test_markdown_becomes_blocks_and_marks_and_undo_takes_back(ada: Page, case: str) -> None:
    text = write_anew(ada, sections(ada, case, 1))
    expect(text).to_have_class(re.compile("blank"))
    typed(ada, "## Head", "A **bold** and *slanted* and `fixed` word", "- one", "two")
    ada.keyboard.press("Tab")
    typed(ada, "", "", "", "1. first", "", "> said", "", "```", "let x")
    ada.keyboard.press("Shift+Enter")
    typed(ada, "[words](https://example.org/) and [no](javascript:x)", "---")
    ada.keyboard.type("end")
    ada.keyboard.press("Control+b")
    ada.keyboard.type("ing")
    assert shape(text).lower() == (
        "<h2>head</h2><p>a <strong>bold</strong> and <em>slanted</em> and <code>fixed</code> word</p>"
        "<ul><li><p>one</p><ul><li><p>two</p></li></ul></li></ul><ol><li><p>first</p></li></ol>"
        '<blockquote><p>said</p></blockquote><pre spellcheck="false">let x</pre>'
        '<p><a href="https://example.org/">words</a> and [no](javascript:x)</p><hr><p>end<strong>ing</strong></p>'
    )
    is_saved(ada)
    for _ in range(50):
        ada.keyboard.press("Control+z")
    expect(text).not_to_contain_text("Head")
    expect(text).not_to_have_class(re.compile("blank"))
    leave(ada)


def test_paste_from_a_document_keeps_what_it_means(ada: Page, case: str) -> None:
    text = write_anew(ada, sections(ada, case, 2))
    ada.evaluate(PASTE, [GOOGLE, "x", None])
    expect(text.locator("li li")).to_have_text("deeper")
    assert shape(text).startswith("<h2>What we saw</h2><p>Plain, <strong>bold</strong><em>, slanted</em>, <a href=")
    assert text.locator("td").all_text_contents() == ["A1", "A2", "B2"]
    is_saved(ada)
    leave(ada)
    expect(ada.locator(f"{BODY} h2")).to_have_text("What we saw")


def test_line_takes_no_second_line(ada: Page, case: str) -> None:
    ada.goto(sections(ada, case, 2))
    title = ada.locator("h1 [data-kind=line]")
    title.click()
    expect(ada.locator(OPEN)).to_be_focused()
    ada.keyboard.press("Control+a")
    ada.evaluate(PASTE, ["", "Two lines\nof a title", None])
    expect(title).to_have_text("Two lines of a title")
    expect(ada.locator(".writing-bar [data-does=table]")).to_be_hidden()
    ada.keyboard.press("Enter")
    expect(ada.locator(OPEN)).to_have_count(0)
    expect(ada.locator(".rail [aria-current] .t")).to_have_text("Two lines of a title")


def test_all_of_it_with_the_keyboard(ada: Page, case: str) -> None:
    ada.goto(sections(ada, case, 4))
    ada.locator(BODY).focus()
    ada.keyboard.press("Enter")
    expect(ada.locator(OPEN)).to_be_focused()
    expect(ada.locator(OPEN)).to_have_attribute("role", "textbox")
    expect(ada.locator(OPEN)).to_have_attribute("spellcheck", "true")
    expect(ada.locator(OPEN)).to_have_attribute("aria-label", "Section")
    ada.keyboard.type("Keys only. ")
    ada.keyboard.press("Alt+F10")
    expect(ada.get_by_role("button", name="Bold")).to_be_focused()
    ada.keyboard.press("ArrowLeft")
    ada.keyboard.press("ArrowRight")
    ada.keyboard.press("ArrowRight")
    expect(ada.get_by_role("button", name="Italic")).to_be_focused()
    ada.keyboard.press("Enter")
    expect(ada.locator(OPEN)).to_be_focused()
    expect(ada.get_by_role("button", name="Italic")).to_have_attribute("aria-pressed", "true")
    ada.keyboard.type("slanted ")
    ada.keyboard.press("Control+/")
    expect(ada.get_by_role("dialog", name="Keys")).to_be_visible()
    ada.keyboard.press("Escape")
    expect(ada.locator(OPEN)).to_be_focused()
    no_axe_findings(ada)
    leave(ada)
    expect(ada.locator(BODY)).to_be_focused()
    expect(ada.locator(f"{BODY} em").first).to_have_text("slanted ")


def test_table_grows_and_shrinks(ada: Page, case: str) -> None:
    text = write_anew(ada, sections(ada, case, 4))
    ada.locator("[data-does=table]").click()
    ada.keyboard.type("a")
    for word in "bcdefghi":
        ada.keyboard.press("Tab")
        ada.keyboard.type(word)
    ada.keyboard.press("Tab")
    ada.keyboard.type("new row")
    for act in ("addColumnAfter", "deleteRow"):
        ada.locator("[data-does=more]").click()
        ada.locator(f".writing-pop [data-does={act}]").click()
    rows = text.locator("tr")
    expect(rows).to_have_count(3)
    assert [rows.nth(0).locator("th").count(), rows.nth(2).locator("td").count()] == [4, 4]
    assert "".join(text.locator("td, th").all_text_contents()) == "abcdefghi"
    is_saved(ada)


def test_figure_is_sent_and_described(ada: Page, case: str) -> None:
    text = write_anew(ada, sections(ada, case, 5))
    ada.keyboard.type("Before")
    ada.evaluate(DROP, list(as_png()))
    ada.get_by_label("What the figure shows").fill("Two bars")
    ada.keyboard.press("Enter")
    ada.keyboard.type("Bars by month")
    is_saved(ada)
    leave(ada)
    figure = text.locator("figure")
    expect(figure.locator("img")).to_have_attribute("alt", "Two bars")
    expect(figure.locator("figcaption")).to_have_text("Bars by month")
    assert figure.locator("img").evaluate("image => image.naturalWidth") == 6
    text.locator("p").first.click()
    expect(ada.locator(OPEN)).to_be_focused()
    ada.evaluate(PASTE, ["", "", [1, 2, 3]])
    expect(ada.locator(".toast.error")).to_contain_text("A figure must be a PNG or a JPEG.")
    leave(ada)


def test_on_a_phone_the_buttons_stand_below(ada: Page, case: str) -> None:
    address = sections(ada, case, 0)
    ada.set_viewport_size({"width": 390, "height": 780})
    try:
        write_at(ada, address)
        box: Any = ada.locator(".writing-bar").bounding_box()
        assert (round(box["x"]), round(box["width"]), round(box["y"] + box["height"])) == (0, 390, 780)
        assert ada.evaluate("document.documentElement.scrollWidth") == 390
        no_axe_findings(ada)
        ada.get_by_role("button", name="Done").click()
        expect(ada.locator(OPEN)).to_have_count(0)
    finally:
        ada.set_viewport_size({"width": 1400, "height": 1000})


def test_who_may_not_write_reads_and_sees_nothing_of_the_editor(
    ada: Page, case: str, browser: Browser, writing_demo: Demo
) -> None:
    address = sections(ada, case, 1)
    sten = sign_in(browser, writing_demo, "sten@lab.example", writing_demo.workshop)
    sten.goto(address)
    sten.locator("article .prose p").first.click()
    expect(sten.locator("h1")).to_be_visible()
    assert sten.locator(f"{OPEN}, .writing-bar, [data-kind][tabindex]").count() == 0
    assert sten.locator("script[src*=editor]").count() == 0
    sten.context.close()
