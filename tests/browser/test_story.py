"""The main job in a real browser, on the real servers, logins and worker."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Demo

pytestmark = pytest.mark.browser
SELECT = """([words]) => {
  const article = document.querySelector("article[data-selectable]");
  const walker = document.createTreeWalker(article, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const at = walker.currentNode.data.indexOf(words);
    if (at < 0 || !walker.currentNode.parentElement.closest(".prose")) continue;
    const range = document.createRange();
    range.setStart(walker.currentNode, at);
    range.setEnd(walker.currentNode, at + words.length);
    walker.currentNode.parentElement.scrollIntoView({block: "center"});
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    return true;
  }
  return false;
}"""


def sign_in(browser: Browser, demo: Demo, address: str, site: str) -> Page:
    """A page of somebody signed in."""
    page = browser.new_context(viewport={"width": 1400, "height": 1000}).new_page()
    page.goto(f"{site}/accounts/login/")
    page.fill("input[name=login]", address)
    page.fill("input[name=password]", demo.password)
    page.click("main button")
    page.wait_for_url(f"{site}/")
    return page


def no_axe_findings(page: Page) -> None:
    """axe finds nothing on this page."""
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def pick_words(page: Page, words: str) -> None:
    """Select words as a person would, so that the toolbar appears."""
    assert page.evaluate(SELECT, [words]), f"{words!r} is not on the page"


def words_of_argument(page: Page) -> str:
    """Five plain words that stand together in the first paragraph of the text."""
    texts = page.locator("article .prose p").all_text_contents()
    found = next(match for text in texts if (match := re.search(r"(?:[a-z]+ ){4}[a-z]+", text)))
    return found[0]


HIDDEN = "misused a correct function in a place where its contract did not hold"
STATEMENT = "Passages are withheld on the grounds of third party confidence and legal duty."


def redact_words(ada: Page) -> None:
    """Select the words in an argument and hide them, with ground, public note and private reason."""
    pick_words(ada, HIDDEN)
    ada.get_by_role("button", name="Redact").first.click()
    dialog = ada.locator("dialog#redact")
    expect(dialog.locator("[data-quote]")).to_have_text(HIDDEN)
    no_axe_findings(ada)
    dialog.get_by_label("Legal duty").check()
    dialog.get_by_label("Public note").fill("A duty of confidence.")
    dialog.get_by_label("Private reason").fill("The contract of 3 May.")
    dialog.get_by_role("button", name="Redact").click()
    expect(ada.locator(".flash")).to_contain_text("Hidden at once")
    expect(ada.locator(".mark-redact").filter(has_text=HIDDEN)).to_be_visible()


def preview_as_reviewer(ada: Page) -> None:
    """What the audience would read now."""
    ada.get_by_role("link", name="External reviewer", exact=True).click()
    expect(ada.locator(".banner")).to_contain_text("Nobody sees this yet")
    expect(ada.locator("article")).not_to_contain_text(HIDDEN)
    expect(ada.locator("article .bar").first).to_be_visible()
    no_axe_findings(ada)


def take_snapshot(ada: Page) -> None:
    """For whom: everything, for the external reviewer, to be read cold by Mina."""
    ada.get_by_role("link", name="Releases").click()
    no_axe_findings(ada)
    ada.get_by_role("link", name="Start a release").click()
    no_axe_findings(ada)
    ada.get_by_label("External reviewer", exact=True).check()
    ada.get_by_label("Redaction statement for External reviewer").fill(STATEMENT)
    ada.get_by_label("Cold reader").select_option(label="Mina")
    for part in ada.locator("input[name=left_out]").all():
        part.uncheck()
    ada.get_by_role("button", name="Take the snapshot and check it").click()


def start_release(ada: Page) -> None:
    """For whom, then check: a draft that is held for words that stand elsewhere, is put right, and waits to be read cold."""
    take_snapshot(ada)
    expect(ada.locator("h1")).to_contain_text("this draft back", timeout=30_000)
    no_axe_findings(ada)
    for place in range(ada.get_by_role("button", name="Redact there too").count()):
        ada.get_by_role("button", name="Redact there too").nth(place).click()
        expect(ada.locator(".flash")).to_contain_text("Hidden there too")
    ada.get_by_role("button", name="Check again").click()
    expect(ada.locator("h1")).to_have_text("Waiting for Mina to read it", timeout=30_000)
    assert not ada.get_by_role("button", name="Approve").count(), "who started a release can't approve it"
    no_axe_findings(ada)


def read_and_approve(mina: Page, release: str) -> None:
    """Read, then approve: the second manager reads what changes, signs, reads it as its audience will, and approves."""
    mina.goto(release)
    no_axe_findings(mina)
    mina.get_by_role("link", name="Read what changed").click()
    expect(mina.locator("h1")).to_have_text("What changes")
    no_axe_findings(mina)
    mina.get_by_role("button", name="I have read it: sign").click()
    expect(mina.locator("h1")).to_have_text("Approve this draft?")
    expect(mina.locator(".consequence")).to_contain_text("will be able to read this as soon as you approve")
    no_axe_findings(mina)
    mina.get_by_role("link", name="Read as them").click()
    expect(mina.locator(".statement")).to_contain_text(STATEMENT)
    no_axe_findings(mina)
    mina.goto(release)
    mina.get_by_role("button", name="Approve").click()
    expect(mina.locator("h1")).to_have_text("Released")


def read_edition(rhea: Page) -> None:
    """The edition with the bar in place."""
    rhea.locator("main .card", has_text="edition 2").get_by_role("link").click()
    expect(rhea.locator(".statement")).to_contain_text(STATEMENT)
    rhea.locator("main .objects .claim .s a").nth(2).click()
    expect(rhea.locator("article .bar", has_text="legal duty").first).to_be_visible()
    expect(rhea.locator("body")).not_to_contain_text(HIDDEN)
    no_axe_findings(rhea)


def comment_on_words(rhea: Page) -> str:
    """A comment on some shown words, which are returned."""
    said = words_of_argument(rhea)
    pick_words(rhea, said)
    rhea.get_by_role("button", name="Comment").first.click()
    rhea.locator("dialog#comment").get_by_label("Comment").fill("Was this measured?")
    rhea.locator("dialog#comment").get_by_role("button", name="Send").click()
    expect(rhea.locator(".note")).to_contain_text("Was this measured?")
    no_axe_findings(rhea)
    return said


def reply_beside_the_words(ada: Page, said: str) -> None:
    """The comment stands at the same words of the live text; the authors answer it."""
    note = ada.locator(".note")
    expect(note).to_contain_text("Was this measured?")
    expect(note.locator("q")).to_have_text(said)
    live = ada.evaluate(
        "() => { const n = document.querySelector('.note');"
        " return String(window.positions.rangeOf(n.dataset.text, +n.dataset.from, +n.dataset.to)); }"
    )
    assert live.strip() == said, "the comment stands beside the same words of the live text"
    note.locator("summary").click()
    note.get_by_label("Reply").fill("Yes, in a drill.")
    note.get_by_role("button", name="Send").click()
    expect(ada.locator(".flash")).to_contain_text("Sent")


def revoke_access(ada: Page) -> None:
    """The manager takes Rhea's access back."""
    ada.get_by_role("link", name="People").click()
    no_axe_findings(ada)
    row = ada.locator("tr", has_text="rhea@meridian.example")
    row.get_by_role("button", name="Change").click()
    no_axe_findings(ada)
    ada.locator("dialog[open]").get_by_role("button", name="Revoke").click()
    expect(ada.locator(".flash")).to_contain_text("Revoked")


def is_the_404_of_a_stranger(browser: Browser, demo: Demo, rhea: Page) -> None:
    """The next click finds what anybody finds at no address at all, byte for byte."""
    answer = rhea.reload()
    assert answer is not None
    assert answer.status == 404
    stranger = browser.new_context().new_page()
    same = stranger.goto(f"{demo.reading_room}/nothing/at/all/")
    assert same is not None
    assert same.body() == answer.body()


def test_a_marked_phrase_becomes_an_edition_that_a_reviewer_reads_and_comments_on(browser: Browser, demo: Demo) -> None:
    ada = sign_in(browser, demo, "ada@lab.example", demo.workshop)
    no_axe_findings(ada)
    ada.click("main .card a")
    ada.wait_for_url("**/cases/*/")
    no_axe_findings(ada)
    ada.locator("main .objects .claim .s a").nth(2).click()
    ada.wait_for_url("**/pathways/*/")
    pathway = ada.url
    no_axe_findings(ada)
    redact_words(ada)
    assert ada.url == pathway
    preview_as_reviewer(ada)
    start_release(ada)
    mina = sign_in(browser, demo, "mina@lab.example", demo.workshop)
    read_and_approve(mina, ada.url)

    rhea = sign_in(browser, demo, "rhea@meridian.example", demo.reading_room)
    no_axe_findings(rhea)
    read_edition(rhea)
    said = comment_on_words(rhea)
    ada.goto(pathway)
    reply_beside_the_words(ada, said)
    vik = sign_in(browser, demo, "vik@northlight.example", demo.reading_room)
    vik.goto(rhea.url)
    expect(vik.locator("article")).to_be_visible()
    expect(vik.locator("body")).not_to_contain_text("Was this measured?")
    rhea.reload()
    expect(rhea.locator(".note .reply")).to_contain_text("Yes, in a drill.")
    expect(rhea.locator(".note .reply b")).to_have_text("Authors")

    revoke_access(ada)
    is_the_404_of_a_stranger(browser, demo, rhea)
