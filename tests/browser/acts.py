"""Acts that several stories share."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from tests.browser.test_story import no_axe_findings, pick_words


class Clicks:
    """Clicks on a way, counted."""

    def __init__(self) -> None:
        self.made = 0

    def on(self, what: Locator) -> None:
        """One more."""
        what.click()
        self.made += 1


def open_case(page: Page, site: str, reference: str) -> str:
    """From the first page of the workshop into a case; its address."""
    page.goto(f"{site}/")
    no_axe_findings(page)
    page.locator("main .card", has_text=reference).get_by_role("link").first.click()
    return page.url


def redact(page: Page, words: str, ground: str) -> None:
    """Hide the words on the page that is open."""
    pick_words(page, words)
    page.get_by_role("button", name="Redact").first.click()
    dialog = page.locator("dialog#redact")
    dialog.get_by_label(ground).check()
    dialog.get_by_label("Public note").fill("It would help somebody to do harm.")
    dialog.get_by_label("Private reason").fill("Advice of 3 May.")
    dialog.get_by_role("button", name="Redact").click()
    expect(page.locator(".flash")).to_contain_text("Hidden at once")
