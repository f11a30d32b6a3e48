"""Whoever hides something is told from whom, before it is done."""

from __future__ import annotations

import re

import pytest
from django.utils.html import strip_tags

from tests.review.redaction_world import at, live_world

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("page", ["sections/S-AAAA/", "hide/?ref=S-AAAA"])
def test_each_ground_says_from_whom_it_hides(page):
    world = live_world()
    html = at(world, "Ada").get(f"/cases/{world.case_id}/{page}").content.decode()
    said = {
        " ".join(strip_tags(one).split())
        for one in re.findall(r'<label for="id_ground_\d+">(.*?)</label>', html, re.DOTALL)
    }
    assert "Security hidden from Public" in said
    assert "Legal duty hidden from All staff, External reviewer, Public" in said
