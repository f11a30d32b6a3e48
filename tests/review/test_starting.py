"""A case that is made by command: empty, with audiences and managers, and ready for a document."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from cases.models import Case, Grant, User
from cases.roles import Role
from tests.site_client import SiteClient
from tests.world import people

pytestmark = pytest.mark.django_db
TITLE = "Risk report on Orrin 2: sabotage"


def create(title: str = TITLE, *addresses: str) -> str:
    said = StringIO()
    call_command("create_case", title, *(addresses or ("ada@inside.example", "mina@inside.example")), stdout=said)
    return said.getvalue().strip()


def test_case_is_empty_and_run_by_those_who_were_named():
    users = people()
    reference = create()
    case = Case.objects.get(reference=reference)
    held = {(grant.user_id, grant.role) for grant in Grant.objects.filter(case=case)}
    assert held == {(users[name].pk, Role.MANAGER) for name in ("Ada", "Mina")}
    client = SiteClient("workshop")
    client.force_login(users["Ada"])
    page = client.get(f"/cases/{case.pk}/").content.decode()
    assert TITLE in page
    assert f'href="/cases/{case.pk}/import/"' in page
    client.force_login(users["Noor"])
    assert client.get(f"/cases/{case.pk}/").status_code == 404


def test_every_page_of_an_empty_case_opens_for_its_manager():
    users = people()
    case = Case.objects.get(reference=create())
    client = SiteClient("workshop")
    client.force_login(users["Ada"])
    for below in (
        "",
        "register/",
        "withheld/",
        "report/",
        "glossary/",
        "import/",
        "order/",
        "retired/",
        "changes/",
        "comments/",
    ):
        assert client.get(f"/cases/{case.pk}/{below}").status_code == 200, below
    for audience in ("full", "all_staff", "external_reviewer", "public"):
        assert client.get(f"/cases/{case.pk}/as/{audience}/").status_code == 200, audience


def test_two_cases_have_two_references():
    people()
    assert create() != create()


@pytest.mark.parametrize(
    ("title", "addresses", "why"),
    [
        (" ", ("ada@inside.example", "mina@inside.example"), "needs a title"),
        (TITLE, ("ada@inside.example",), "two managers"),
        (TITLE, ("ada@inside.example", "rhea@outside.example"), "no account at the workshop"),
    ],
)
def test_refused_case_is_not_there(title: str, addresses: tuple[str, ...], why: str):
    people()
    with pytest.raises(CommandError, match=why):
        create(title, *addresses)
    assert not Case.objects.exists()
    assert User.objects.exists()
