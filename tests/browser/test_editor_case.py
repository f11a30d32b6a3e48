"""Writing in a case: hiding words, citing, making claims, saying something, and others who write too."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.conftest import Demo
from tests.browser.editing import (
    BODY,
    OPEN,
    ada_in,
    case_of,
    is_saved,
    leave,
    sections,
    write_anew,
    write_at,
)
from tests.browser.test_story import no_axe_findings, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("editor")]
# The key comes before the browser tells of the selection, as it does where it is busy.
SELECT_AND_REDACT = """() => {
  for (const _ of [1, 2]) getSelection().modify("extend", "backward", "word")
  const key = {key: "h", code: "KeyH", keyCode: 72, ctrlKey: true, altKey: true, bubbles: true, cancelable: true}
  document.activeElement.dispatchEvent(new KeyboardEvent("keydown", key))
}"""


@pytest.fixture(scope="module")
def ada(browser: Browser, writing_demo: Demo) -> Iterator[Page]:
    page = ada_in(browser, writing_demo)
    yield page
    page.context.close()


@pytest.fixture(scope="module")
def case(ada: Page) -> str:
    return case_of(ada)


def test_words_are_hidden_in_two_keystrokes_and_what_is_typed_inside_too(ada: Page, case: str) -> None:
    address = sections(ada, case, 3)
    text = write_anew(ada, address)
    ada.keyboard.type("The rack stands in hall seven and hums")
    for _ in range(2):
        ada.keyboard.press("Control+ArrowLeft")
    ada.keyboard.press("ArrowLeft")
    ada.evaluate(SELECT_AND_REDACT)
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
    ada.keyboard.press("Control+a")
    for key in ("b", "b", "e", "e"):
        ada.keyboard.press(f"Control+{key}")
    ada.keyboard.press("Control+c")
    ada.keyboard.press("End")
    is_saved(ada)
    leave(ada)
    expect(text.locator(".mark-redact")).to_have_text(re.compile("hall seventeen$"))
    ada.goto(re.sub(r"sections/", "as/public/sections/", address))
    expect(ada.locator("article")).to_contain_text("today")
    expect(ada.locator("article")).not_to_contain_text("teen")
    ada.goto(f"{case}redactions/")
    expect(ada.locator("main")).to_contain_text("needs a note")


def test_hidden_words_copied_where_they_are_read_stay_hidden_where_they_are_pasted(ada: Page, case: str) -> None:
    address = sections(ada, case, 0)
    text = write_anew(ada, address)
    ada.keyboard.type("It hums in hall seven")
    ada.evaluate(SELECT_AND_REDACT)
    ada.keyboard.press("Enter")
    expect(text.locator(".mark-redact")).to_have_text(re.compile("hall seven"))
    is_saved(ada)
    for page in (address, re.sub(r"sections/", "as/full/sections/", address)):
        ada.goto(page)
        ada.locator("article [data-refs]", has_text="seven").dblclick()
        ada.keyboard.press("Control+c")
        text = write_anew(ada, sections(ada, case, 1))
        ada.keyboard.type("Nobody knows of ")
        ada.keyboard.press("Control+v")
        expect(text.locator(".mark-redact")).to_have_text(re.compile("^(hall|seven)"))
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
    expect(ada.locator(".toast").last).to_contain_text("is made and cited here")
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


def test_undo_takes_back_ones_own_words_alone(ada: Page, case: str, browser: Browser, writing_demo: Demo) -> None:
    address = sections(ada, case, 4)
    jun = sign_in(browser, writing_demo, "jun@lab.example", writing_demo.workshop)
    text, other = write_at(ada, address), write_at(jun, address)
    ada.keyboard.type("Mine. ")
    expect(other).to_contain_text("Mine.")
    jun.keyboard.press("Control+End")
    jun.keyboard.type(" Theirs.")
    expect(text).to_contain_text("Theirs.")
    for _ in range(8):
        ada.keyboard.press("Control+z")
    expect(other).not_to_contain_text("Mine.")
    expect(text).to_contain_text("Theirs.")
    jun.context.close()
    is_saved(ada)
    leave(ada)


def test_leaving_the_page_with_unsent_words_warns(ada: Page, case: str) -> None:
    text = write_at(ada, sections(ada, case, 5))
    ada.context.set_offline(True)
    ada.keyboard.type("Not sent. ")
    asked: list[str] = []
    ada.once("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    ada.evaluate("setTimeout(() => location.assign('/'))")
    expect(ada.locator(".writing-state")).to_have_text("Offline: kept here")
    ada.context.set_offline(False)
    is_saved(ada)
    assert asked == ["beforeunload"]
    expect(text).to_contain_text("Not sent.")
    leave(ada)


def test_words_that_the_server_refuses_are_kept_and_explained(ada: Page, case: str) -> None:
    def refuse(route: Route) -> None:
        if route.request.method == "POST":
            route.fulfill(
                status=422, content_type="application/json", body='{"why": "These words can not stand here."}'
            )
        else:
            route.continue_()

    text = write_at(ada, sections(ada, case, 5))
    ada.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ada.route("**/texts/*/steps/", refuse)
    ada.keyboard.type("Precious words. ")
    told = ada.locator(".toast.error")
    expect(told).to_contain_text("These words can not stand here. Your last words were not saved.")
    no_axe_findings(ada)
    told.get_by_role("button", name="Copy your words").click()
    expect(told.get_by_role("button", name="Copied")).to_be_visible()
    assert ada.evaluate("navigator.clipboard.readText()").strip() == "Precious words."
    ada.unroute("**/texts/*/steps/", refuse)
    told.get_by_role("button", name="Write on").click()
    expect(ada.locator(OPEN)).to_be_focused()
    ada.keyboard.type("Again. ")
    is_saved(ada)
    expect(text).to_contain_text("Again.")
    leave(ada)


def test_words_written_into_what_somebody_retires_are_kept_to_be_copied(
    ada: Page, case: str, browser: Browser, writing_demo: Demo
) -> None:
    write_at(ada, sections(ada, case, 6))
    jun = sign_in(browser, writing_demo, "jun@lab.example", writing_demo.workshop)
    jun.goto(ada.url)
    jun.get_by_role("link", name="Retire").first.click()
    for field in jun.locator("main form textarea:visible, main form input[type=text]:visible").all():
        field.fill("Said elsewhere")
    jun.locator("main form button").last.click()
    jun.wait_for_url(lambda url: "retire" not in url)
    jun.context.close()
    ada.keyboard.type("Too late. ")
    told = ada.locator(".toast.error")
    expect(told).to_contain_text("retired meanwhile")
    expect(told.get_by_role("button", name="Copy your words")).to_be_visible()
    ada.keyboard.press("Control+Enter")
    expect(ada.locator(OPEN)).to_have_count(0)
