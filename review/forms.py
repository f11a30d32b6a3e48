"""What people fill in. Every message says what to do."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any

from django import forms

from cases.redaction.facts import Extent, Ground
from cases.roles import Role
from review.states import Purpose

Choices = list[tuple[str, str]]


class SpanForm(forms.Form):
    """A range of one text, filled in by the selection of words."""

    text = forms.CharField(max_length=18, widget=forms.HiddenInput)
    version = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)
    start = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    end = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    page = forms.CharField(max_length=20, widget=forms.HiddenInput)

    def add_prefix(self, field_name: str) -> str:
        """The selection calls its ends `from` and `to`."""
        return {"start": "from", "end": "to"}.get(field_name, super().add_prefix(field_name))


class RedactForm(SpanForm):
    """Hide the selected words, as they stood in the version in which they were selected."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    ground = forms.ChoiceField(choices=[(g.value, g.label.capitalize()) for g in Ground], widget=forms.RadioSelect)
    note = forms.CharField(
        label="Public note",
        max_length=300,
        help_text="Everybody who sees the bar reads this. Say why, not what.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    reason = forms.CharField(
        label="Private reason",
        max_length=2000,
        help_text="Only people cleared for the whole case read this.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    extent = forms.ChoiceField(
        label="How much is hidden",
        choices=[(e.value, e.value.capitalize()) for e in Extent],
        initial=Extent.SENTENCE.value,
        help_text="Your choice, never measured: it stands on the bar.",
    )


class CommentForm(SpanForm):
    """Say something about the selected words."""

    body = forms.CharField(label="Comment", max_length=10_000, widget=forms.Textarea(attrs={"rows": 4}))


class BodyForm(forms.Form):
    """Go on in a thread."""

    body = forms.CharField(label="Reply", max_length=10_000, widget=forms.Textarea(attrs={"rows": 2}))


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
    """Give access: person, role, audience, until, why."""

    address = forms.EmailField(label="E-mail address", max_length=254)
    role = forms.ChoiceField(choices=[(r.value, r.label.capitalize()) for r in Role])
    audience = forms.ChoiceField(
        required=False, label="Edition", help_text="For readers and reviewers: the edition they are to read."
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


class ReleaseForm(forms.Form):
    """For whom, and what for. One statement for each outward audience."""

    purpose = forms.ChoiceField(choices=[(p.value, p.label.capitalize()) for p in Purpose], widget=forms.RadioSelect)
    audiences = forms.MultipleChoiceField(
        label="For whom",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one audience."},
    )

    def __init__(
        self,
        *args: Any,
        audiences: Choices,
        outward: Choices,
        suggested: dict[str, str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["audiences"]
        assert isinstance(choice, forms.MultipleChoiceField)
        choice.choices = audiences
        for key, name in outward:
            self.fields[f"statement_{key}"] = forms.CharField(
                label=f"Redaction statement for {name}",
                required=False,
                max_length=2000,
                initial=suggested.get(key, ""),
                help_text="Opens the edition. Names every ground on which something is hidden in it, and no other.",
                widget=forms.Textarea(attrs={"rows": 3}),
            )

    def statements(self) -> dict[str, str]:
        """Audience → statement, for the chosen ones; inward editions have none."""
        data = self.cleaned_data
        return {key: data.get(f"statement_{key}", "") for key in data["audiences"]}


class SettleForm(forms.Form):
    """Not the same, because …"""

    fingerprint = forms.CharField(max_length=64, widget=forms.HiddenInput)
    reason = forms.CharField(max_length=500, label="Not the same, because")
