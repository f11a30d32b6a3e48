"""Writing where one reads: opening a text and leaving it, keys and typing rules, paste, figures, hiding words, citing, others at work."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import Demo
from tests.browser.test_clean_paste import GOOGLE
from tests.browser.test_story import no_axe_findings, sign_in
from tests.cases.figure_files import as_png

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("editor")]
BODY = "article .prose[data-kind=body]"
OPEN = ".ProseMirror"
PASTE = """([html, text, bytes]) => {
  const data = new DataTransfer()
  if (html) data.setData("text/html", html)
  if (text) data.setData("text/plain", text)
  if (bytes) data.items.add(new File([Uint8Array.from(bytes)], "figure.png", {type: "image/png"}))
  const event = new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true})
  document.querySelector(".ProseMirror").dispatchEvent(event)
}"""


@pytest.fixture(scope="module")
def ada(browser: Browser, writing_demo: Demo) -> Iterator[Page]:
    """Manager and author, in the case of the demo."""
    page = sign_in(browser, writing_demo, "ada@lab.example", writing_demo.workshop)
    page.locator("main .card", has_text="Halden").get_by_role("link").first.click()
    expect(page.locator("article h1")).to_be_visible()
    yield page
    page.context.close()


@pytest.fixture(scope="module")
def case(ada: Page) -> str:
    """The address of the case."""
    return re.sub(r"(/cases/[^/]+/).*", r"\1", ada.url)


def sections(page: Page, case: str, number: int) -> str:
    """The address of one of its sections; each test has one of its own."""
    page.goto(case)
    return str(page.locator(".rail a[href*='sections/']").nth(number).evaluate("link => link.href"))


def write_at(page: Page, address: str) -> Locator:
    """A section, opened by a click on its first paragraph, the cursor at its beginning."""
    page.goto(address)
    text = page.locator(BODY)
    text.locator("p").first.click()
    expect(page.locator(OPEN)).to_be_focused()
    page.keyboard.press("Control+Home")
    return text


def write_anew(page: Page, address: str) -> Locator:
    """The same, emptied."""
    text = write_at(page, address)
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    return text


def leave(page: Page) -> None:
    """Escape, and the server's words stand there again."""
    page.keyboard.press("Control+Enter")
    expect(page.locator(OPEN)).to_have_count(0)
    expect(page.locator(f"{BODY} [data-at]").first).to_be_visible()


def typed(page: Page, *lines: str) -> None:
    """Lines, Enter between them."""
    for number, line in enumerate(lines):
        if number:
            page.keyboard.press("Enter")
        page.keyboard.type(line)


def is_saved(page: Page) -> None:
    """Everything is with the server."""
    expect(page.locator(".writing-state")).to_have_text("Saved")


def shape(text: Locator) -> str:
    """What stands in the open text, without what only the editor draws."""
    html = text.evaluate(
        """text => {
          const copy = text.cloneNode(true)
          for (const extra of copy.querySelectorAll("[class^=ProseMirror-], .note-end, .mark-ref")) extra.remove()
          return copy.innerHTML
        }"""
    )
    return re.sub(r' (contenteditable|style|data-level|rel|data-ref|class)="[^"]*"', "", str(html))


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


def test_nothing_moves_when_a_text_is_opened_and_left(ada: Page, case: str) -> None:
    ada.goto(sections(ada, case, 1))
    text = ada.locator(BODY)
    size = text.bounding_box()
    text.locator("p").first.click()
    expect(ada.locator(OPEN)).to_be_focused()
    assert text.bounding_box() == size
    leave(ada)
    assert text.bounding_box() == size


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
    typed(ada, "", "", "", "1. first", "", "> said", "", "---")
    ada.keyboard.type("end")
    ada.keyboard.press("Control+b")
    ada.keyboard.type("ing")
    assert shape(text).lower() == (
        "<h2>head</h2><p>a <strong>bold</strong> and <em>slanted</em> and <code>fixed</code> word</p>"
        "<ul><li><p>one</p><ul><li><p>two</p></li></ul></li></ul><ol><li><p>first</p></li></ol>"
        "<blockquote><p>said</p></blockquote><hr><p>end<strong>ing</strong></p>"
    )
    is_saved(ada)
    for _ in range(40):
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


def test_words_are_hidden_in_two_keystrokes_and_what_is_typed_inside_too(ada: Page, case: str) -> None:
    address = sections(ada, case, 3)
    text = write_anew(ada, address)
    ada.keyboard.type("The rack stands in hall seven and hums")
    for _ in range(2):
        ada.keyboard.press("Control+ArrowLeft")
    ada.keyboard.press("ArrowLeft")
    for _ in range(2):
        ada.keyboard.press("Control+Shift+ArrowLeft")
    ada.keyboard.press("Control+Alt+h")
    no_axe_findings(ada)
    ada.keyboard.press("Enter")
    expect(text.locator(".mark-redact")).to_have_text(re.compile("hall seven"))
    inside = ada.locator(".writing-inside")
    expect(inside).to_contain_text(re.compile("Writing in R-[0-9A-Z]+: hidden from .*Public"))
    ada.keyboard.type("teen")
    expect(text.locator(".mark-redact")).to_have_text(re.compile("hall seventeen"))
    ada.keyboard.press("ArrowRight")
    expect(inside).to_contain_text("Begin with a space")
    ada.keyboard.type(" today")
    is_saved(ada)
    leave(ada)
    expect(text.locator(".mark-redact")).to_have_text(re.compile("hall seventeen$"))
    ada.goto(re.sub(r"sections/", "as/public/sections/", address))
    expect(ada.locator("article")).to_contain_text("today")
    expect(ada.locator("article")).not_to_contain_text("teen")
    ada.goto(f"{case}redactions/")
    expect(ada.locator("main")).to_contain_text("needs a note")


def test_all_of_it_with_the_keyboard(ada: Page, case: str) -> None:
    ada.goto(sections(ada, case, 4))
    ada.locator(BODY).focus()
    ada.keyboard.press("Enter")
    expect(ada.locator(OPEN)).to_be_focused()
    expect(ada.locator(OPEN)).to_have_attribute("role", "textbox")
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
    ada.evaluate(PASTE, ["", "", list(as_png())])
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


def test_citing_offers_the_link_and_words_become_a_claim(ada: Page, case: str) -> None:
    ada.goto(case)
    ada.goto(str(ada.locator(".rail a[href*='pathways/']").nth(7).evaluate("link => link.href")))
    text = ada.locator(BODY).first
    text.locator("p").first.click()
    expect(ada.locator(OPEN)).to_be_focused()
    ada.keyboard.press("Home")
    ada.keyboard.type("@C-")
    options = ada.get_by_role("listbox").get_by_role("option")
    expect(options.first).to_have_attribute("aria-selected", "true")
    no_axe_findings(ada)
    linked = options.locator(".quiet").all_text_contents()
    for _ in range(linked.index("claim")):
        ada.keyboard.press("ArrowDown")
    ref = ada.locator("[aria-selected=true] .ref").inner_text()
    ada.keyboard.press("Enter")
    expect(text.locator(".cite").first).to_have_text(ref)
    ada.get_by_role("dialog", name="Link what is cited").get_by_role("button", name="Supporting").click()
    expect(ada.locator(".toast").last).to_contain_text(f"{ref} is linked.")
    ada.keyboard.type(" @Nobody has left the room")
    expect(options.filter(has_text="Make a claim of “Nobody has left the room”")).to_be_visible()
    ada.keyboard.press("ArrowDown")
    expect(ada.locator(".makes[aria-selected=true]")).to_contain_text("Nobody has left the room")
    ada.keyboard.press("Enter")
    ada.locator("#make-claim .primary").click()
    expect(ada.locator(".toast").last).to_contain_text("is made of these words")
    expect(text.locator(".cite").nth(1)).not_to_have_text(ref)
    ada.keyboard.type(" And on.")
    expect(text).to_contain_text(re.compile(r"left the room C-\w+ And on\."))
    is_saved(ada)
    leave(ada)


def test_what_is_said_about_words_moves_with_them(ada: Page, case: str) -> None:
    text = write_at(ada, sections(ada, case, 6))
    ada.keyboard.type("Doubtful words. ")
    ada.keyboard.press("Control+Shift+ArrowLeft")
    ada.keyboard.press("Control+Shift+ArrowLeft")
    ada.locator("[data-does=say]").click()
    dialog = ada.locator("#say")
    expect(dialog.locator("[data-quote]").first).to_have_text("words.")
    dialog.get_by_role("button", name="Say it").click()
    expect(dialog.locator(".error")).to_be_visible()
    dialog.locator("textarea[name=body]").fill("Which?")
    dialog.get_by_role("button", name="Say it").click()
    card = ada.locator(".notes .note[data-from]", has_text="Which?")
    expect(card).to_be_visible()
    ada.keyboard.press("Control+Home")
    ada.keyboard.type("More before. ")
    is_saved(ada)
    leave(ada)
    there = "card => String(positions.rangeOf(card.dataset.text, card.dataset.from, card.dataset.to))"
    expect(ada.locator(".note-ref")).to_have_count(1)
    assert card.evaluate(there).strip() == "words."
    expect(text).to_contain_text("More before. Doubtful words.")


def test_two_people_see_each_other_and_what_is_typed_offline_arrives(
    ada: Page, case: str, browser: Browser, writing_demo: Demo
) -> None:
    address = sections(ada, case, 7)
    jun = sign_in(browser, writing_demo, "jun@lab.example", writing_demo.workshop)
    text = write_at(ada, address)
    other = write_at(jun, address)
    jun.keyboard.type("Jun was here. ")
    expect(text).to_contain_text("Jun was here.")
    expect(ada.locator(".here [title^=Jun]")).to_be_visible()
    expect(ada.locator(".is-here")).to_have_text("Jun is here")
    expect(text.locator(".their-cursor")).to_have_attribute("data-name", "Jun")
    no_axe_findings(ada)
    ada.context.set_offline(True)
    ada.keyboard.type("Typed offline. ")
    expect(ada.locator(".toast")).to_contain_text(
        "You are offline. What you write is kept here and sent when you are back."
    )
    ada.context.set_offline(False)
    expect(other).to_contain_text("Typed offline.")
    expect(ada.locator(".toast")).to_contain_text("You are back.")
    is_saved(ada)
    leave(ada)
    jun.keyboard.type("Seen in a closed text. ")
    expect(text).to_contain_text("Seen in a closed text.")
    jun.context.close()


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
