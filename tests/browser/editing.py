"""What the tests of the editor share: somebody who writes in the case of a demo of her own, and what she does often."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import Demo
from tests.browser.test_story import sign_in

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


def ada_in(browser: Browser, demo: Demo) -> Page:
    """Manager and author, in the case of the demo."""
    page = sign_in(browser, demo, "ada@lab.example", demo.workshop)
    page.locator("main .card", has_text="Halden").get_by_role("link").first.click()
    expect(page.locator("article h1")).to_be_visible()
    return page


def case_of(page: Page) -> str:
    """The address of the case that a page is of."""
    return re.sub(r"(/cases/[^/]+/).*", r"\1", page.url)


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
