"""Giving access and moving its end."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any

from django import forms

from cases.redaction.facts import Ground
from cases.roles import Role

Choices = list[tuple[str, str]]
READERS = " ".join(role for role in Role if role.reads_an_edition)


class DayField(forms.DateField):
    """A day that is meant to its end, UTC."""

    def clean(self, value: Any) -> datetime:  # Django's signature
        """The last second of that day."""
        day: date = super().clean(value)
        return datetime.combine(day, time(23, 59, 59), tzinfo=UTC)


def day_input() -> forms.DateInput:
    """The browser's own calendar."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class AccessForm(forms.Form):
    """Give access: person, role, audience, grounds, until, why. What only some roles need stands there for those."""

    depends = frozenset({"audience", "grounds"})
    address = forms.EmailField(label="E-mail address", max_length=254)
    role = forms.ChoiceField(
        choices=[("", "Choose…"), *((r.value, r.label.capitalize()) for r in Role)],
        widget=forms.Select(attrs={"data-chooses": ""}),
    )
    audience = forms.ChoiceField(
        required=False,
        label="Edition",
        help_text="For readers and reviewers: the edition they are to read.",
        widget=forms.Select(attrs={"data-only-for": READERS}),
    )
    grounds = forms.MultipleChoiceField(
        required=False,
        choices=[(g.value, g.label.capitalize()) for g in Ground],
        widget=forms.CheckboxSelectMultiple(attrs={"data-only-for": str(Role.DECIDER)}),
        help_text="For deciders: what they decide on.",
    )
    until = DayField(label="Until", widget=day_input(), help_text="Access ends by itself at the end of that day (UTC).")
    why = forms.CharField(max_length=500, label="Why", widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, audiences: Choices, **kwargs: Any) -> None:  # Django's signature
        super().__init__(*args, **kwargs)
        audience = self.fields["audience"]
        assert isinstance(audience, forms.ChoiceField)
        audience.choices = [("", "none: works on the live case"), *audiences]


class ExtendForm(forms.Form):
    """A new end for a grant."""

    until = DayField(label="Until", widget=day_input())
