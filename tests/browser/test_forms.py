"""Forms as they are filled in: where the focus is, which fields a choice needs, and what is said after a move."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.acts import open_case
from tests.browser.conftest import Demo
from tests.browser.test_story import no_axe_findings, sign_in

pytestmark = pytest.mark.browser
CASE, PATHWAY = "K-H3RX", "P-66QH"


@pytest.fixture(scope="module")
def ada(browser: Browser, demo: Demo) -> Iterator[Page]:
    """Manager and author."""
    page = sign_in(browser, demo, "ada@lab.example", demo.workshop)
    yield page
    page.context.close()


@pytest.fixture(scope="module")
def case(ada: Page, demo: Demo) -> str:
    """The address of the case."""
    return open_case(ada, demo.workshop, CASE)


def test_sign_in_begins_in_its_first_field(page: Page, demo: Demo) -> None:
    page.goto(f"{demo.workshop}/accounts/login/")
    expect(page.get_by_label("E-mail address")).to_be_focused()


def test_people_form_shows_what_the_role_needs(ada: Page, case: str) -> None:
    ada.goto(f"{case}people/")
    role, edition, grounds = (
        ada.get_by_label("Role"),
        ada.get_by_label("Edition"),
        ada.get_by_role("group", name="Grounds"),
    )
    expect(role).to_have_value("")
    for chosen, reads, decides in (
        ("manager", False, False),
        ("decider", False, True),
        ("external_reviewer", True, False),
    ):
        role.select_option(chosen)
        expect(edition).to_be_visible(visible=reads)
        expect(grounds).to_be_visible(visible=decides)
    no_axe_findings(ada)


def test_refused_form_has_the_focus_on_what_is_wrong_and_leads_to_the_field(ada: Page, case: str) -> None:
    ada.goto(f"{case}parts/{PATHWAY}/change/")
    ada.get_by_label("Residual risk").select_option("high")
    ada.get_by_role("button", name="Save").click()
    expect(ada.get_by_role("alert")).to_be_focused()
    no_axe_findings(ada)
    ada.get_by_role("alert").get_by_role("link").click()
    expect(ada.get_by_label("Why: needed when the rating changes")).to_be_focused()


def test_row_that_was_moved_says_saved(ada: Page, case: str) -> None:
    ada.goto(f"{case}order/limitations/")
    row = ada.locator("[data-order] > li").nth(1)
    row.focus()
    for keys, place in (("Alt+ArrowUp", 1), ("Alt+ArrowDown", 2)):
        ada.keyboard.press(keys)
        expect(ada.locator("[data-order-said]")).to_contain_text("Saved. ")
        expect(ada.locator("[data-order-said]")).to_contain_text(f"is now {place} of")
    expect(ada.locator("[data-order-said]")).to_be_in_viewport()
