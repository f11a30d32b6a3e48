"""Whose text a key is, for every text of a case, in two statements."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pathways.models import Claim, Pathway, RatingChange, Support
from prose.models import Text
from review.loaders.text_owners import names_of_texts, owner_of_text
from tests.review.test_case_file import full_case
from tests.world import import_raw

pytestmark = pytest.mark.django_db


def test_every_text_of_a_case_has_an_owner_and_a_name():
    case_id = import_raw(full_case())
    names = names_of_texts(case_id)
    assert set(names) == set(Text.objects.filter(scope_id=case_id).values_list("key", flat=True))
    assert all(name.label and name.page and not name.retired for name in names.values())
    assert {key: owner_of_text(case_id, key) for key in names} == names


def test_names_read_as_words():
    case_id = import_raw(full_case())
    names = {(name.kind, name.attribute): name for name in names_of_texts(case_id).values()}
    pathway = Pathway.objects.filter(case_id=case_id).order_by("order")[0]
    argument = owner_of_text(case_id, pathway.argument.key)
    assert argument is not None
    assert (argument.label, argument.page) == (f"Argument of {pathway.ref}", f"pathways/{pathway.ref}")
    support = Support.objects.select_related("claim", "pathway", "resting").filter(case_id=case_id)[0]
    reason = owner_of_text(case_id, support.reason.key)
    resting = support.pathway or support.resting
    assert reason is not None
    assert resting is not None
    assert (reason.label, reason.ends) == (
        f"Why {resting.ref} rests on {support.claim.ref}",
        (resting.ref, support.claim.ref),
    )
    assert names["case", "summary"].label == "Summary of the report"
    assert RatingChange.objects.filter(case_id=case_id).exists()


def test_text_of_another_case_is_nobodys():
    one, other = import_raw(full_case()), import_raw(full_case("K-THER"))
    key = Text.objects.create(scope_id=other, key="t-zzzzzzzzzzzzzzzz", kind="line", content=_words(one)).key
    assert owner_of_text(one, key) is None


def _words(case_id):
    return Text.objects.filter(scope_id=case_id, kind="line")[0].content


def test_text_of_something_retired_says_so_and_so_do_its_links():
    case_id = import_raw(full_case())
    support = Support.objects.filter(case_id=case_id)[0]
    Claim.objects.filter(pk=support.claim_id).update(retired=True)
    for key in (support.claim.statement.key, support.reason.key):
        owner = owner_of_text(case_id, key)
        assert owner is not None
        assert owner.retired


def test_statements_do_not_grow_with_the_case():
    case_id = import_raw(full_case())
    with CaptureQueriesContext(connection) as all_of_them:
        names_of_texts(case_id)
    with CaptureQueriesContext(connection) as one:
        owner_of_text(case_id, Text.objects.filter(scope_id=case_id)[0].key)
    assert (len(all_of_them), len(one)) == (2, 3)
