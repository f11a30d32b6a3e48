"""Signing in: each site knows its own people, and says the same to everybody else."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.test import override_settings

from cases.demo import DEMO_ACCOUNTS, NotLocal, is_demo_account, require_local
from cases.models import AuditEvent, ReadingRoomSession, Side, User, WorkshopSession
from tests.site_client import SiteClient, as_login

pytestmark = pytest.mark.django_db
PASSWORD = "a long pass phrase"
SITES = [("workshop", Side.INSIDE), ("reading_room", Side.OUTSIDE)]
LOGIN = "/accounts/login/"


def person(side: Side, email: str = "someone@example.org", **more: object) -> User:
    user = User.objects.create_user(email=email, name="Someone", side=side, password=PASSWORD)
    for name, value in more.items():
        setattr(user, name, value)
    user.save()
    return user


def sign_in(site: str, email: str = "someone@example.org", password: str = PASSWORD):
    client = SiteClient(site)
    return client, client.post(LOGIN, {"login": email, "password": password})


def steady(content: bytes) -> bytes:
    """The page without what differs at every request, and without the address that was typed."""
    return re.sub(rb'(name="csrfmiddlewaretoken" value="|name="login"[^>]*value=")[^"]*', rb"\1", content)


@pytest.mark.parametrize(("site", "side"), SITES)
def test_person_signs_in_at_the_site_of_their_side(site, side):
    user = person(side)
    _, answer = sign_in(site, "Someone@Example.org ")
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert f"{site}_session" in answer.cookies
    assert AuditEvent.objects.get().actor_id == user.pk
    assert AuditEvent.objects.get().verb == "signed_in"
    assert WorkshopSession.objects.count() + ReadingRoomSession.objects.count() == 1


@pytest.mark.parametrize(("site", "side"), SITES)
def test_every_refusal_is_the_same_page(site, side):
    person(side)
    person(side, "asleep@example.org", is_active=False)
    other = next(each for each in Side if each != side)
    person(other, "elsewhere@example.org")
    attempts = [
        ("someone@example.org", "wrong"),
        ("nobody@example.org", PASSWORD),
        ("asleep@example.org", PASSWORD),
        ("elsewhere@example.org", PASSWORD),
    ]
    answers = [sign_in(site, *attempt)[1] for attempt in attempts]
    assert {answer.status_code for answer in answers} == {200}
    assert len({steady(answer.content) for answer in answers}) == 1
    assert b"not correct" in answers[0].content
    assert list(AuditEvent.objects.values_list("verb", "actor_id")) == [("sign_in_refused", None)] * 4


def test_same_address_on_both_sides_is_two_people():
    person(Side.INSIDE)
    person(Side.OUTSIDE)
    with pytest.raises(IntegrityError), transaction.atomic():
        person(Side.INSIDE, "SOMEONE@example.org")


@pytest.mark.parametrize(("site", "side"), SITES)
def test_session_of_one_site_is_nothing_at_the_other(site, side):
    client, _ = sign_in(site) if person(side) else (None, None)
    other = "reading_room" if site == "workshop" else "workshop"
    stranger = SiteClient(other)
    stranger.cookies[f"{other}_session"] = client.cookies[f"{site}_session"].value
    assert stranger.get("/accounts/password/change/").status_code == 302
    assert client.get("/accounts/password/change/").status_code == 200


@pytest.mark.parametrize(("site", "side"), SITES)
def test_session_ends_when_the_account_is_put_to_sleep(site, side):
    user = person(side)
    client, _ = sign_in(site)
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert client.get("/accounts/password/change/").status_code == 302


@pytest.mark.parametrize(("site", "side"), SITES)
def test_password_is_changed(site, side):
    user = person(side)
    client, _ = sign_in(site)
    new = {"oldpassword": PASSWORD, "password1": "another long phrase", "password2": "another long phrase"}
    assert client.post("/accounts/password/change/", new).status_code == 302
    user.refresh_from_db()
    assert user.check_password("another long phrase")


@pytest.mark.parametrize(("site", "side"), SITES)
def test_password_is_set_through_a_link_in_the_mail(site, side):
    user = person(side)
    client = SiteClient(site)
    assert client.post("/accounts/password/reset/", {"email": user.email}).status_code == 302
    (message,) = mail.outbox
    assert message.subject == "Set your Safetycase password"
    path = re.search(r"http://[^/]+(/\S+)", message.body).group(1)
    page = client.get(path, follow=True)
    new = {"password1": "another long phrase", "password2": "another long phrase"}
    assert client.post(page.request["PATH_INFO"], new).status_code == 302
    user.refresh_from_db()
    assert user.check_password("another long phrase")
    assert b"no longer works" in SiteClient(site).get(path, follow=True).content


@pytest.mark.parametrize(("site", "side"), SITES)
def test_link_is_sent_to_nobody_else_and_the_page_says_the_same(site, side):
    person(next(each for each in Side if each != side), "elsewhere@example.org")
    for email in ("elsewhere@example.org", "nobody@example.org"):
        answer = SiteClient(site).post("/accounts/password/reset/", {"email": email})
        assert (answer.status_code, answer["Location"]) == (302, "/accounts/password/reset/done/")
    assert mail.outbox == []


def test_link_of_one_side_does_nothing_on_the_other():
    user = person(Side.OUTSIDE)
    SiteClient("reading_room").post("/accounts/password/reset/", {"email": user.email})
    path = re.search(r"http://[^/]+(/\S+)", mail.outbox[0].body).group(1)
    assert b"no longer works" in SiteClient("workshop").get(path, follow=True).content


@pytest.mark.parametrize("site", ["workshop", "reading_room"])
@pytest.mark.parametrize(
    "path", ["signup/", "email/", "confirm-email/", "login/code/", "inactive/", "reauthenticate/", "password/set/", ""]
)
def test_nothing_else_of_allauth_is_mounted(site, path):
    assert SiteClient(site).get(f"/accounts/{path}").status_code == 404


def test_guessing_is_stopped_for_one_address():
    person(Side.OUTSIDE)
    answers = [sign_in("reading_room", password="wrong")[1] for _ in range(6)]
    assert b"not correct" in answers[4].content
    assert b"not correct" not in answers[5].content
    assert b"not correct" not in sign_in("reading_room")[1].content


@pytest.mark.parametrize("site", ["workshop", "reading_room"])
def test_answer_carries_the_headers(site):
    answer = SiteClient(site).get(LOGIN)
    assert "default-src 'self'" in answer["Content-Security-Policy"]
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == answer["Cross-Origin-Resource-Policy"] == "same-origin"


def test_post_without_the_token_is_refused():
    client = SiteClient("workshop")
    client.handler.enforce_csrf_checks = True
    assert client.post(LOGIN, {"login": "a@example.org", "password": "x"}).status_code == 403


def test_nobody_is_a_superuser():
    user = person(Side.INSIDE)
    with pytest.raises(AttributeError):
        user.is_superuser = True
    assert not user.has_perm("cases.read_live")


def test_demo_account_signs_in_only_while_the_demo_runs_and_from_this_machine():
    account = DEMO_ACCOUNTS[0]
    user = person(account.side, account.address)
    site = "workshop"
    with override_settings(DEMO=False):
        assert sign_in(site, user.email)[1].status_code == 200
    with override_settings(DEMO=True):
        assert sign_in(site, user.email)[1].status_code == 302
        away = SiteClient(site).post(LOGIN, {"login": user.email, "password": PASSWORD}, REMOTE_ADDR="192.0.2.1")
        assert away.status_code == 200


def test_demo_accounts_are_made_by_the_demo_alone():
    with override_settings(DEMO=False), pytest.raises(NotLocal):
        require_local()
    with override_settings(DEMO=True):
        require_local()


def test_demo_cast_stands_on_its_sides():
    names = {account.name: account.side for account in DEMO_ACCOUNTS}
    assert {name for name, side in names.items() if side == Side.OUTSIDE} == {"Rhea", "Omar", "Vik"}
    assert all(is_demo_account(account.address.upper()) for account in DEMO_ACCOUNTS)


def test_reading_room_login_sees_no_inside_person_by_any_column():
    person(Side.INSIDE, "hidden@example.org")
    person(Side.OUTSIDE)
    with as_login("reading_room"), connection.cursor() as cursor:
        cursor.execute("SELECT email FROM cases_user")
        assert cursor.fetchall() == [("someone@example.org",)]
