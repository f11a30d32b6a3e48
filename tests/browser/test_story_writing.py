"""Two people write one argument, one of them hides words inside what the other writes, one loses the network and comes back."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import Demo
from tests.browser.test_story import no_axe_findings, read_and_approve, sign_in, take_snapshot

pytestmark = pytest.mark.browser

CASE, PATHWAY = "K-H3RX", "pathways/P-66QH/"
BEGINNING = "The last condition is odd"
SENTENCE = " In June we repeated it at Brackwater with four people."
HIDDEN, INSIDE = "Brackwater", "East"
OTHER = " Nobody there had seen the code before."
SELECT = """([words]) => {
  const walker = document.createTreeWalker(document.querySelector(".ProseMirror"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const at = walker.currentNode.data.indexOf(words);
    if (at < 0) continue;
    getSelection().setBaseAndExtent(walker.currentNode, at, walker.currentNode, at + words.length);
    return true;
  }
  return false;
}"""


def open_argument(page: Page, site: str) -> Locator:
    """The argument of the pathway, open for writing, with the cursor at the end of one paragraph."""
    page.goto(f"{site}/")
    page.locator("main .card", has_text=CASE).get_by_role("link").first.click()
    page.wait_for_load_state()
    page.goto(f"{page.url}{PATHWAY}")
    page.locator("[data-kind=body] p", has_text=BEGINNING).first.click()
    editor = page.locator(".ProseMirror")
    expect(editor).to_be_focused()
    go_to_the_end(page)
    return editor


def go_to_the_end(page: Page) -> None:
    """Of the paragraph in which the cursor is."""
    page.keyboard.press("Control+ArrowDown")


def select(page: Page, words: str) -> None:
    """Select words in the open text."""
    assert page.evaluate(SELECT, [words]), f"{words!r} is not in the open text"
    page.wait_for_timeout(100)  # the editor reads the selection when the browser says that it changed


def hide(page: Page, words: str) -> None:
    """Two keystrokes, and why."""
    select(page, words)
    page.keyboard.press("Control+Alt+h")
    box = page.get_by_role("dialog", name="Redact these words")
    box.get_by_label("Legal duty").check()
    box.locator("summary").click()
    box.get_by_label("Public note").fill("A place that a contract keeps private.")
    box.get_by_label("Private reason").fill("The contract of 3 May.")
    no_axe_findings(page)
    box.get_by_role("button", name="Redact").click()
    expect(page.locator(".ProseMirror .mark-redact").filter(has_text=words)).to_be_visible()


def words_of(editor: Locator) -> str:
    """What stands in the text, without what only an editor draws."""
    return str(
        editor.evaluate(
            "(e) => { const c = e.cloneNode(true); c.querySelectorAll('[data-skip], .ProseMirror-widget').forEach((x) => x.remove());"
            " return c.textContent; }"
        )
    )


def test_two_people_write_one_argument_and_the_release_hides_the_right_words(
    browser: Browser, writing_demo: Demo
) -> None:
    demo = writing_demo
    ada = sign_in(browser, demo, "ada@lab.example", demo.workshop)
    jun = sign_in(browser, demo, "jun@lab.example", demo.workshop)
    hers, his = open_argument(ada, demo.workshop), open_argument(jun, demo.workshop)

    # They see each other, and what each writes.
    expect(ada.locator(".is-here", has_text="Jun").first).to_be_visible()
    expect(jun.locator(".is-here", has_text="Ada").first).to_be_visible()
    ada.keyboard.type(SENTENCE, delay=15)
    expect(his).to_contain_text(SENTENCE.strip())
    no_axe_findings(ada)

    # Jun hides a word inside what Ada writes, while she goes on writing.
    hide(jun, HIDDEN)
    ada.keyboard.type(OTHER, delay=15)
    expect(hers.locator(".mark-redact").filter(has_text=HIDDEN)).to_be_visible()
    expect(hers.locator(".mark-redact").filter(has_text="Nobody")).to_have_count(0)
    expect(his).to_contain_text(OTHER.strip())

    # Ada loses the network, and writes inside the hidden word and elsewhere; Jun writes too.
    ada.context.set_offline(True)
    select(ada, HIDDEN)
    ada.keyboard.press("ArrowLeft")
    ada.keyboard.press("ArrowRight")
    ada.keyboard.type(INSIDE)
    expect(ada.get_by_text("You are offline").first).to_be_visible()
    select(jun, "four people")
    jun.keyboard.press("ArrowRight")
    jun.keyboard.type(" and a dog")
    expect(his).to_contain_text("four people and a dog")
    assert INSIDE not in words_of(his)
    ada.context.set_offline(False)

    # Both end with the same text, and the word stays hidden.
    expect(hers).to_contain_text("four people and a dog", timeout=30_000)
    expect(his.locator(".mark-redact").filter(has_text=INSIDE)).to_be_visible(timeout=30_000)
    expect(ada.get_by_text("Saved", exact=True).first).to_be_visible()
    assert words_of(hers) == words_of(his)
    for page in (ada, jun):
        page.keyboard.press("Escape")
        page.keyboard.press("Escape")
        expect(page.locator(".ProseMirror")).to_have_count(0)
        expect(page.locator("article .mark-redact").filter(has_text=INSIDE)).to_be_visible()

    # The release made then hides the right words.
    take_snapshot(ada)
    expect(ada.locator("h1")).to_have_text("Waiting for Mina to read it", timeout=60_000)
    mina = sign_in(browser, demo, "mina@lab.example", demo.workshop)
    read_and_approve(mina, ada.url)
    rhea = sign_in(browser, demo, "rhea@meridian.example", demo.reading_room)
    rhea.locator("main .card", has_text="edition 2").get_by_role("link").click()
    rhea.wait_for_load_state()
    rhea.goto(f"{rhea.url}{PATHWAY}")
    expect(rhea.locator("article")).to_contain_text("In June we repeated it at")
    expect(rhea.locator("article")).to_contain_text(
        "with four people and a dog. Nobody there had seen the code before."
    )
    for word in (HIDDEN, INSIDE, "rackwater"):
        expect(rhea.locator("body")).not_to_contain_text(word)
    expect(rhea.locator("article .bar", has_text="A place that a contract keeps private.").first).to_be_visible()
