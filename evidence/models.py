"""Evidence, and what it says about claims."""

from __future__ import annotations

from django.db import models

from cases.models import CasePerson
from cases.models.case import worded
from pathways.models import Claim, Part


class Evidence(Part):
    """One piece of evidence, with the conditions under which it was obtained."""

    title = worded()
    description = worded()
    conditions = worded()
    place = worded()
    not_relied = worded()
    owner = models.ForeignKey(CasePerson, on_delete=models.SET_NULL, null=True, related_name="+")
    type = models.CharField(max_length=20)
    as_of = models.DateField(null=True)
    valid_until = models.DateField(null=True)
    relied_on = models.BooleanField()


class Bearing(Part):
    """What a piece of evidence says about a claim."""

    evidence = models.ForeignKey(Evidence, on_delete=models.CASCADE, related_name="+")
    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="+")
    direction = models.CharField(max_length=10)
    strength = models.CharField(max_length=10)
    place = worded()


class Assurance(Part):
    """What a named person stands for, on a day: kept apart from evidence."""

    statement = worded()
    owner = models.ForeignKey(CasePerson, on_delete=models.RESTRICT, related_name="+")
    given_on = models.DateField()
    valid_until = models.DateField(null=True)
    claim = models.ForeignKey(Claim, on_delete=models.SET_NULL, null=True, related_name="+")
