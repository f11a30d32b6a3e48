"""An installation admin makes accounts and names managers, by command, and reads no case text."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from cases.models import Grant, Side, User
from tests.case_builder import CaseBuilder
from tests.site_client import SiteClient
from tests.world import import_raw

pytestmark = pytest.mark.django_db


def account(address: str, *more: str) -> User:
    said = StringIO()
    call_command("create_account", address, "Somebody", *more, stdout=said)
    user = User.objects.get(email=address)
    assert user.check_password(said.getvalue().strip())
    return user


def test_account_is_made_on_the_side_that_was_asked_for():
    assert account("ada@lab.example").side == Side.INSIDE
    outside = account("rhea@out.example", "--organisation", "Meridian")
    assert (outside.side, outside.organisation.name) == (Side.OUTSIDE, "Meridian")


def test_second_account_with_the_same_address_is_refused_on_one_side_only():
    account("ada@lab.example")
    with pytest.raises(CommandError, match="has an account on that side already"):
        call_command("create_account", "ADA@lab.example", "Ada")
    call_command("create_account", "ada@lab.example", "Ada", "--organisation", "Meridian", stdout=StringIO())


@pytest.mark.parametrize(
    ("addresses", "why"),
    [
        (["ada@lab.example"], "two managers"),
        (["ada@lab.example", "nobody@lab.example"], "no account at the workshop"),
        (["ada@lab.example", "rhea@out.example"], "no account at the workshop"),
    ],
)
def test_managers_are_refused_with_a_sentence_and_nothing_is_given(addresses: list[str], why: str):
    account("ada@lab.example")
    account("rhea@out.example", "--organisation", "Meridian")
    import_raw(CaseBuilder().file)
    with pytest.raises(CommandError, match=why):
        call_command("name_managers", "K-TEST", *addresses)
    assert not Grant.objects.exists()


def test_named_managers_open_the_case_and_others_do_not():
    ada, mina, noor = (account(f"{name}@lab.example") for name in ("ada", "mina", "noor"))
    case_id = import_raw(CaseBuilder().file)
    call_command("name_managers", "K-TEST", "ada@lab.example", "mina@lab.example", stdout=StringIO())
    found = {
        user.email: SiteClient("workshop", user).get(f"/cases/{case_id}/people/").status_code
        for user in (ada, mina, noor)
    }
    assert found == {"ada@lab.example": 200, "mina@lab.example": 200, "noor@lab.example": 404}
