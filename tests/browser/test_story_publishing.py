"""What is published, corrected and withdrawn, in a real browser, on the real servers, logins and worker."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.acts import open_case, redact
from tests.browser.conftest import Demo
from tests.browser.test_story import no_axe_findings, sign_in

pytestmark = pytest.mark.browser


FACTS = "K-W23"
FIRST, SECOND = "pilot-report-public-facts", "pilot-report-without-the-passage"
BACKDOORS, CONFIRMED = "pathways/P-6VG", "claims/C-3JB"
SECRET = "finding every backdoor is expensive"
STATEMENT = (
    "Eight passages are withheld, on the grounds of intellectual property, test contamination, third party confidence, "
    "public safety, security and privacy."
)
CHECKED_BY = "Meridian Evals read the claims, not the sources."
NOTICE = "This edition said too much of backdoors; its successor says less."
WITHDRAWN = "This publication was withdrawn"


def approve_the_redaction(lex: Page, case: str) -> None:
    """Its decider finds it waiting, reads what approving does, and approves."""
    lex.goto(f"{case}redactions/")
    lex.get_by_role("link", name="Waiting for you").click()
    no_axe_findings(lex)
    lex.locator("main .redaction", has_text=SECRET).get_by_role("link").first.click()
    expect(lex.locator(".consequence").first).to_contain_text("An edition of Public is published")
    no_axe_findings(lex)
    lex.get_by_role("button", name="Approve", exact=True).click()
    expect(lex.locator(".flash")).to_contain_text("it stays hidden")


def choose_for_whom(ada: Page) -> None:
    """Step one: Public, for publication, read cold by Sten."""
    ada.get_by_role("link", name="Releases").click()
    no_axe_findings(ada)
    ada.get_by_role("link", name="Start a release").click()
    expect(ada.locator("h1")).to_have_text("For whom?")
    ada.get_by_label("Public", exact=True).check()
    ada.get_by_label("Publication", exact=True).check()
    ada.get_by_label("Redaction statement for Public").fill(STATEMENT)
    ada.get_by_role("button", name="Take the snapshot and check it").click()
    expect(ada.locator("main")).to_contain_text("A publication for readers outside needs a cold reader")
    no_axe_findings(ada)
    expect(ada.get_by_label("Redaction statement for Public")).to_have_value(STATEMENT)
    ada.get_by_label("Cold reader").select_option(label="Sten")
    ada.get_by_role("button", name="Take the snapshot and check it").click()


def pass_the_check(ada: Page) -> None:
    """Step two: the decisions on this case's argument hold, nothing leaks, and it goes on to its cold reader."""
    expect(ada.locator("h1")).to_have_text("Waiting for Sten to read it", timeout=60_000)
    no_axe_findings(ada)
    ada.locator(".steps").get_by_role("link", name="Check").click()
    expect(ada.locator("h1")).to_have_text("Nothing holds this publication back")
    expect(ada.locator("main")).to_contain_text("Public already read words of the argument of P-6VG")
    no_axe_findings(ada)


def read_cold_and_sign(sten: Page) -> None:
    """Step three: it waits for Sten on his first page; he reads what changes and signs."""
    sten.locator("main .card", has_text=FACTS).get_by_role(
        "link", name="Read what changes for Public, and sign"
    ).click()
    expect(sten.locator("h1")).to_have_text("Read what changes, and sign")
    no_axe_findings(sten)
    sten.get_by_role("link", name="Read what changed").click()
    expect(sten.locator("article del", has_text=SECRET)).to_be_visible()
    no_axe_findings(sten)
    sten.get_by_role("button", name="I have read it: sign").click()
    expect(sten.locator("h1")).to_have_text("Ready for a second manager")
    no_axe_findings(sten)


def approve_the_release(mina: Page) -> None:
    """Step four: Mina reads who will read it, and approves."""
    mina.locator("main .card", has_text=FACTS).get_by_role("link", name="Read and approve: Public").click()
    expect(mina.locator("h1")).to_have_text("Approve this publication?")
    expect(mina.locator("main")).to_contain_text("read cold and signed by Sten")
    no_axe_findings(mina)
    mina.get_by_role("button", name="Approve").click()
    expect(mina.locator("h1")).to_have_text("Released")
    no_axe_findings(mina)


def publish(ada: Page) -> None:
    """From the release on to publishing, at a new address."""
    ada.reload()
    ada.locator(".steps").get_by_role("link", name="Approve").click()
    ada.get_by_role("link", name="Go on to publishing").click()
    expect(ada.locator("h1")).to_have_text("Published")
    no_axe_findings(ada)
    ada.get_by_label("Public, edition 2").check()
    ada.get_by_label("Address").fill(SECOND)
    ada.get_by_label("Checked by").fill(CHECKED_BY)
    ada.get_by_role("button", name="Publish").click()
    expect(ada.locator(".flash")).to_contain_text("Anybody can read it now")
    no_axe_findings(ada)


def read_without_account(browser: Browser, demo: Demo) -> None:
    """Somebody unknown reads it, follows a claim by its address, and sees what changed. Nothing is left with them."""
    pia = browser.new_context().new_page()
    pia.goto(f"{demo.reading_room}/published/")
    no_axe_findings(pia)
    pia.locator("main li", has_text=SECOND).get_by_role("link").click()
    expect(pia.locator(".statement")).to_contain_text(STATEMENT)
    expect(pia.locator(".imprint div", has_text="Overall risk")).to_contain_text("very low")
    expect(pia.locator(".imprint")).to_contain_text(CHECKED_BY)
    expect(pia.locator("body")).not_to_contain_text("Edition 2")
    expect(pia.locator("body")).not_to_contain_text("edition 2")
    no_axe_findings(pia)
    pia.locator(f"main a[href$='{CONFIRMED}/']").first.click()
    expect(pia).to_have_url(f"{demo.reading_room}/published/{SECOND}/{CONFIRMED}/")
    expect(pia.locator("h1")).to_have_text("Four of the nine pathways are confirmed by name.")
    no_axe_findings(pia)
    pia.goto(f"{demo.reading_room}/published/{SECOND}/{BACKDOORS}/")
    expect(pia.locator("article .bar", has_text="security")).to_be_visible()
    expect(pia.locator("body")).not_to_contain_text(SECRET)
    no_axe_findings(pia)
    pia.get_by_role("link", name="What changed", exact=True).click()
    expect(pia.locator("article del", has_text=SECRET)).to_be_visible()
    expect(pia.locator("article ins .bar")).to_be_visible()
    no_axe_findings(pia)
    assert pia.context.cookies() == []


def correct_the_first(ada: Page) -> None:
    """A notice beside the older publication, which leads to the new one."""
    first = ada.locator(".publication", has_text=FIRST)
    first.get_by_role("button", name="Correct").click()
    dialog = ada.locator("dialog[open]")
    dialog.get_by_label("Notice").fill(NOTICE)
    dialog.get_by_label("Successor").select_option(label=SECOND)
    no_axe_findings(ada)
    dialog.get_by_role("button", name="Put it there").click()
    expect(first).to_contain_text(NOTICE)
    no_axe_findings(ada)


def follow_the_notice(browser: Browser, demo: Demo) -> None:
    """A reader of the older one sees the dated notice on the page they came to, and goes on to its successor."""
    pia = browser.new_context().new_page()
    pia.goto(f"{demo.reading_room}/published/{FIRST}/{BACKDOORS}/")
    expect(pia.locator("article")).to_contain_text(SECRET)
    expect(pia.locator(".banner.warn")).to_contain_text(NOTICE)
    expect(pia.locator(".banner.warn b")).to_have_text(rf"Correction, {_today(pia)}.")
    no_axe_findings(pia)
    pia.get_by_role("link", name="Read its successor").click()
    expect(pia).to_have_url(f"{demo.reading_room}/published/{SECOND}/")


def _today(page: Page) -> str:
    """The day on which the edition that is open was published; the demo was made today."""
    return page.locator(".top .chip").inner_text().removeprefix("Published ")


def withdraw_the_second(mina: Page) -> None:
    """One manager, at once."""
    mina.get_by_role("link", name="Published", exact=True).click()
    second = mina.locator(".publication", has_text=SECOND).filter(has=mina.locator(".address", has_text=SECOND))
    second.get_by_role("button", name="Withdraw").click()
    expect(mina.locator("dialog[open] .consequence")).to_contain_text(f"/published/{SECOND}/")
    no_axe_findings(mina)
    mina.locator("dialog[open]").get_by_role("button", name="Withdraw").click()
    expect(second).to_contain_text("withdrawn")
    expect(mina.locator(".publication", has_text=FIRST)).to_contain_text("readers are no longer led there")
    no_axe_findings(mina)


def find_one_sentence(browser: Browser, demo: Demo) -> set[int]:
    """Every address of it answers alike, with nothing of what it was; nothing leads there any more. The statuses seen."""
    pia = browser.new_context().new_page()
    pages = ["", f"{BACKDOORS}/", f"{CONFIRMED}/", "changes/", "claims/C-ZZZZ/"]
    said, statuses = set(), set()
    for below in pages:
        answer = pia.goto(f"{demo.reading_room}/published/{SECOND}/{below}")
        assert answer is not None
        statuses.add(answer.status)
        said.add(answer.body())
    assert len(said) == 1
    expect(pia.locator("h1")).to_have_text(WITHDRAWN)
    expect(pia.locator("body")).not_to_contain_text("Opus")
    no_axe_findings(pia)
    pia.get_by_role("link", name="All publications").click()
    expect(pia.locator("main li")).to_have_count(1)
    pia.locator("main li a").click()
    expect(pia.locator(".banner.warn")).to_contain_text(NOTICE)
    expect(pia.locator(".banner.warn a")).to_have_count(0)
    no_axe_findings(pia)
    return statuses


def test_publication_is_released_read_by_anybody_corrected_and_withdrawn(browser: Browser, another_demo: Demo) -> None:
    demo = another_demo
    ada, lex, sten, mina = (
        sign_in(browser, demo, f"{name}@lab.example", demo.workshop) for name in ("ada", "lex", "sten", "mina")
    )
    case = open_case(ada, demo.workshop, FACTS)
    ada.goto(f"{case}{BACKDOORS}/")
    redact(ada, SECRET, "Security")
    approve_the_redaction(lex, case)
    choose_for_whom(ada)
    pass_the_check(ada)
    sten.reload()
    read_cold_and_sign(sten)
    mina.reload()
    approve_the_release(mina)
    publish(ada)
    read_without_account(browser, demo)
    correct_the_first(ada)
    follow_the_notice(browser, demo)
    withdraw_the_second(mina)
    assert find_one_sentence(browser, demo) == {410}
