"""Hiding an attribute, a link or an object; deciding about what is hidden; looking for it."""

from __future__ import annotations

from typing import Any

from django import forms

from cases.redaction.facts import Extent, Ground, RedactionState
from review.forms.people import Choices
from review.forms.words import SpanForm

GROUNDS = [(ground.value, ground.label.capitalize()) for ground in Ground]


def _sentence(label: str, *, required: bool = True, help_text: str = "", rows: int = 2) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, required=required, max_length=2000, help_text=help_text, widget=area)


class FilterForm(forms.Form):
    """Which redactions to list. Anything unknown filters nothing."""

    ground = forms.ChoiceField(required=False, choices=[("", "any"), *GROUNDS])
    state = forms.ChoiceField(
        required=False, choices=[("", "any"), *((s.value, s.value.capitalize()) for s in RedactionState)]
    )
    audience = forms.ChoiceField(required=False, label="Hidden from")
    waiting = forms.ChoiceField(required=False, choices=[("", ""), ("me", "")], widget=forms.HiddenInput)

    def __init__(self, *args: Any, audiences: Choices, **kwargs: Any) -> None:  # Django's signature
        super().__init__(*args, **kwargs)
        audience = self.fields["audience"]
        assert isinstance(audience, forms.ChoiceField)
        audience.choices = [("", "anybody"), *audiences]

    def chosen(self) -> dict[str, str]:
        """What to filter by, empty values left out."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class SaidForm(forms.Form):
    """What is said about something hidden."""

    note = forms.CharField(
        label="Public note",
        max_length=300,
        help_text="Everybody who sees the bar reads this. Say why, not what.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    reason = _sentence("Private reason", help_text="Only people cleared for the whole case read this.")
    extent = forms.ChoiceField(
        label="How much is hidden",
        choices=[(e.value, e.value.capitalize()) for e in Extent],
        help_text="Your choice, never measured: it stands on the bar.",
    )
    bears_load = forms.BooleanField(
        required=False, label="What is hidden bears load", help_text="The bar says so: an argument needs it."
    )


class HideForm(SaidForm):
    """Hide one thing of an object."""

    what = forms.ChoiceField(label="What", error_messages={"required": "Choose what is to be hidden."})
    ground = forms.ChoiceField(choices=GROUNDS, widget=forms.RadioSelect)
    field_order = ("what", "ground", "note", "reason", "extent", "bears_load")

    def __init__(self, *args: Any, things: Choices, **kwargs: Any) -> None:  # Django's signature
        super().__init__(*args, **kwargs)
        what = self.fields["what"]
        assert isinstance(what, forms.ChoiceField)
        what.choices = things


class RewordForm(SaidForm):
    """Change what is said about a redaction; one field of words shown instead for each audience that is not cleared."""

    def __init__(self, *args: Any, audiences: Choices, **kwargs: Any) -> None:  # Django's signature
        super().__init__(*args, **kwargs)
        self.audiences = audiences
        for key, name in audiences:
            self.fields[f"instead_{key}"] = forms.CharField(
                label=f"Shown instead to {name}",
                required=False,
                max_length=300,
                help_text="They read these words on the bar.",
            )

    def instead(self) -> dict[str, str]:
        """Audience → words shown instead."""
        return {key: self.cleaned_data[f"instead_{key}"] for key, _ in self.audiences}


class SeenForm(forms.Form):
    """Carries how long the history was when somebody looked, so that nobody decides about what they have not read."""

    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class AgainForm(forms.Form):
    """When to decide again."""

    again = forms.DateField(
        required=False,
        label="Decide again by",
        help_text="Leave it empty if this need not be looked at again.",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class ApproveForm(SeenForm, AgainForm):
    """Keep it hidden."""

    why = _sentence("Why", required=False)
    field_order = ("seen", "why", "again")


class WhyForm(forms.Form):
    """A reason that stays inside."""

    why = _sentence("Why", help_text="Stays inside, in the history of this redaction.")


class LiftForm(SeenForm, WhyForm):
    """Show it again."""


class AudienceForm(forms.Form):
    """One audience of those offered."""

    audience = forms.ChoiceField(error_messages={"required": "Choose an audience."})

    def __init__(self, *args: Any, audiences: Choices, **kwargs: Any) -> None:  # Django's signature
        super().__init__(*args, **kwargs)
        audience = self.fields["audience"]
        assert isinstance(audience, forms.ChoiceField)
        audience.choices = audiences


class NarrowForm(SpanForm):
    """Words of a redaction that are to be shown again."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    page = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """The fields are filled by a selection: without one there is a single thing to say."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors:
            self.errors.clear()
            raise forms.ValidationError("Select the words that are to be shown again, then choose Show again.")
        return data
