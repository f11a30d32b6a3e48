"""The pictures of the docs, taken from the demo as it begins. `make pictures` puts them into `docs/pictures`."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import ROOT, Demo
from tests.browser.test_story import sign_in

pytestmark = pytest.mark.browser


@pytest.fixture
def album(tmp_path: Path) -> Path:
    """Where the pictures go: beside the docs only when asked, so that tests leave the tree as it was."""
    return ROOT / "docs" / "pictures" if os.environ.get("SAFETYCASE_PICTURES") == "1" else tmp_path


def take(page: Page, album: Path, name: str) -> None:
    """The window as it stands, fonts loaded."""
    page.evaluate("document.fonts.ready")
    page.screenshot(path=album / f"{name}.png")
    assert (album / f"{name}.png").stat().st_size > 10_000


def below_the_bar(page: Page, heading: str) -> None:
    """Scroll until a heading stands just below the top bar."""
    page.get_by_role("heading", name=heading).first.evaluate(
        "(it) => window.scrollTo(0, it.getBoundingClientRect().top + window.scrollY - 90)"
    )


def test_docs_show_the_workshop(browser: Browser, demo: Demo, album: Path) -> None:
    ada = sign_in(browser, demo, "ada@lab.example", demo.workshop)
    ada.get_by_role("link", name="Risk report on Halden 3").click()
    case = ada.url
    ada.goto(f"{case}pathways/P-8LHW/")
    expect(ada.locator(".mark-redact").first).to_be_visible()
    expect(ada.locator(".note").first).to_be_visible()
    below_the_bar(ada, "Getting at the weights")
    take(ada, album, "workshop")
    ada.goto(f"{case}redactions/")
    expect(ada.locator("main")).to_contain_text("R-58S7")
    take(ada, album, "redactions")
    ada.goto(f"{case}releases/")
    ada.locator("main a", has_text="Public").first.click()
    expect(ada.locator("h1")).to_contain_text("this draft back")
    take(ada, album, "release")


def test_docs_show_writing_together(browser: Browser, demo: Demo, album: Path) -> None:
    ada, jun = (sign_in(browser, demo, f"{name}@lab.example", demo.workshop) for name in ("ada", "jun"))
    for page in (jun, ada):
        page.get_by_role("link", name="Risk report on Halden 3").click()
        page.goto(f"{page.url}pathways/P-MDJ7/")
        page.locator("[data-kind=body] p", has_text="which for three acts").first.click()
        expect(page.locator(".ProseMirror")).to_be_focused()
        page.keyboard.press("End")
    expect(ada.locator(".is-here", has_text="Jun").first).to_be_visible()
    jun.keyboard.press("Control+ArrowUp")
    jun.keyboard.press("Shift+End")
    expect(ada.locator(".ProseMirror .their-cursor[data-name=Jun]")).to_have_count(1)
    below_the_bar(ada, "Why we rate it very low")
    take(ada, album, "writing")


def test_docs_show_what_becomes_of_a_document(browser: Browser, demo: Demo, album: Path) -> None:
    ada = sign_in(browser, demo, "ada@lab.example", demo.workshop)
    ada.get_by_role("link", name="Begin with a report that exists").click()
    ada.set_input_files("input[type=file]", ROOT / "examples" / "report-to-import.docx")
    ada.get_by_role("button", name="Read it").click()
    expect(ada.get_by_role("button", name="Import").first).to_be_visible(timeout=60_000)
    take(ada, album, "placing")


def test_docs_show_the_reading_room(browser: Browser, demo: Demo, album: Path) -> None:
    vik = sign_in(browser, demo, "vik@northlight.example", demo.reading_room)
    vik.locator("main a", has_text="Halden 3").first.click()
    vik.goto(f"{vik.url}pathways/P-8LHW/")
    expect(vik.locator(".bar").first).to_be_visible()
    below_the_bar(vik, "Getting at the weights")
    take(vik, album, "reading-room")
    anybody = browser.new_context(viewport={"width": 1400, "height": 1000}).new_page()
    anybody.goto(f"{demo.reading_room}/published/")
    anybody.locator("main a").first.click()
    expect(anybody.locator("h1")).to_be_visible()
    take(anybody, album, "published")
