"""An edition is amended, in a real browser, on the real servers, logins and worker."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.acts import Clicks, open_case, redact
from tests.browser.conftest import Demo
from tests.browser.test_story import no_axe_findings, sign_in

pytestmark = pytest.mark.browser
REPORT = "K-H3RX"
AWAY, ELSEWHERE = "pathways/P-8LHW", "pathways/P-YL53"
NOISY = "It is also the one that would fail most visibly"
NAME, INSTEAD = "Brackenridge Models", "a large developer"
NOW_TWO = (
    "Two sentences are withheld from you on the ground of a legal duty, and two names on the ground of third party confidence. "
    "Two of the four assurances are closed because their owners are not named outside."
)


def lift_the_name(lex: Page, case: str) -> None:
    """Another change, in another part: a name may be told from now on."""
    lex.goto(f"{case}redactions/")
    lex.locator("main .redaction", has_text=NAME).get_by_role("link").first.click()
    lift = lex.locator("details.act").filter(
        has=lex.get_by_role("button", name="Lift", exact=True, include_hidden=True)
    )
    lift.locator("summary").click()
    expect(lift.locator(".consequence")).to_contain_text("Lifting shows these words")
    lift.get_by_label("Why").fill("They agreed to be named.")
    no_axe_findings(lex)
    lift.get_by_role("button", name="Lift").click()
    expect(lex.locator(".flash")).to_be_visible()


def ask_for_the_amendment(ada: Page, clicks: Clicks) -> None:
    """Only one of the two parts that changed, and a statement that is true of it."""
    clicks.on(ada.get_by_role("link", name="Releases"))
    clicks.on(ada.get_by_role("link", name="Amend External reviewer, edition 1"))
    expect(ada.get_by_label("P-YL53")).not_to_be_checked()
    clicks.on(ada.get_by_label("P-8LHW"))
    statement = ada.get_by_label("Redaction statement for External reviewer")
    clicks.on(statement)
    statement.fill(NOW_TWO)
    no_axe_findings(ada)
    clicks.on(ada.get_by_role("button", name="Take the snapshot and check it"))
    expect(ada.locator("h1")).to_have_text("Ready for a second manager", timeout=60_000)
    no_axe_findings(ada)


def read_and_approve(mina: Page, clicks: Clicks) -> None:
    """It waits on her first page; she reads what changes, and approves."""
    no_axe_findings(mina)
    clicks.on(mina.get_by_role("link", name="Read and approve: External reviewer"))
    expect(mina.locator("main")).to_contain_text("Rhea")
    no_axe_findings(mina)
    clicks.on(mina.get_by_role("link", name="Read what changed"))
    expect(mina.locator("article del", has_text=NOISY)).to_be_visible()
    expect(mina.locator("article")).not_to_contain_text(NAME)
    no_axe_findings(mina)
    clicks.on(mina.get_by_role("link", name="Back to the release"))
    clicks.on(mina.get_by_role("button", name="Approve"))
    expect(mina.locator("h1")).to_have_text("Released")


def read_the_amended(rhea: Page) -> None:
    """Edition 2: the chosen part is new, the other one is what it was."""
    rhea.locator("main .card", has_text="edition 2").get_by_role("link").click()
    expect(rhea.locator(".statement")).to_contain_text(NOW_TWO)
    edition = rhea.url
    no_axe_findings(rhea)
    rhea.goto(f"{edition}{AWAY}/")
    expect(rhea.locator("article .bar", has_text="legal duty")).to_be_visible()
    expect(rhea.locator("article")).not_to_contain_text(NOISY)
    no_axe_findings(rhea)
    rhea.goto(f"{edition}{ELSEWHERE}/")
    expect(rhea.locator("article .bar", has_text=INSTEAD)).to_be_visible()
    expect(rhea.locator("article")).not_to_contain_text(NAME)
    rhea.get_by_role("link", name="What changed", exact=True).click()
    expect(rhea.locator("article section.changed h2").filter(has_text="P-8LHW")).to_be_visible()
    expect(rhea.locator("article")).not_to_contain_text("P-YL53")
    no_axe_findings(rhea)


def test_amendment_of_one_part_takes_two_people_ten_clicks_at_most(browser: Browser, another_demo: Demo) -> None:
    demo = another_demo
    ada, lex, mina = (sign_in(browser, demo, f"{name}@lab.example", demo.workshop) for name in ("ada", "lex", "mina"))
    case = open_case(ada, demo.workshop, REPORT)
    lift_the_name(lex, case)
    ada.goto(f"{case}{AWAY}/")
    redact(ada, NOISY, "Legal duty")
    clicks = Clicks()
    ask_for_the_amendment(ada, clicks)
    mina.goto(f"{demo.workshop}/")
    read_and_approve(mina, clicks)
    assert clicks.made <= 10
    read_the_amended(sign_in(browser, demo, "rhea@meridian.example", demo.reading_room))


def test_amendment_is_held_by_words_hidden_elsewhere_and_says_what_to_choose(
    browser: Browser, another_demo: Demo
) -> None:
    demo = another_demo
    ada = sign_in(browser, demo, "ada@lab.example", demo.workshop)
    case = open_case(ada, demo.workshop, REPORT)
    ada.goto(f"{case}pathways/P-3T2P/")
    redact(ada, "It may do so on purpose", "Third party confidence")
    ada.goto(f"{case}{ELSEWHERE}/")
    redact(ada, "The difference from our own case", "Legal duty")
    ada.get_by_role("link", name="Releases").click()
    ada.get_by_role("link", name="Amend External reviewer").click()
    ada.get_by_label("P-YL53").check()
    ada.get_by_role("button", name="Take the snapshot and check it").click()
    expect(ada.locator("h1")).to_have_text("One thing holds this draft back", timeout=60_000)
    expect(ada.locator("main")).to_contain_text("P-3T2P holds words hidden from External reviewer since")
    no_axe_findings(ada)
    ada.get_by_role("link", name="Choose other parts").click()
    expect(ada.get_by_label("P-YL53")).to_be_checked()
    expect(ada.get_by_label("P-3T2P")).to_be_checked()
    ada.get_by_role("button", name="Take the snapshot and check it").click()
    expect(ada.locator("h1")).to_have_text("Ready for a second manager", timeout=60_000)
