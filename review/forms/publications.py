"""Publishing: which edition, where, who checked it; what is said beside it later."""

from __future__ import annotations

from typing import Any

from django import forms

Choices = list[tuple[str, str]]
NO_SUCCESSOR = ("", "none")


class PublishForm(forms.Form):
    """Open an edition to everybody."""

    edition = forms.ChoiceField(widget=forms.RadioSelect, error_messages={"required": "Choose an edition."})
    address = forms.SlugField(
        max_length=80,
        help_text="Letters, digits and dashes. It stays for good, and readers see it: say nothing in it that is withheld.",
        error_messages={"invalid": "Use letters, digits and dashes only, as in risk-report-2026-11."},
    )
    checked_by = forms.CharField(
        label="Checked by",
        required=False,
        max_length=1000,
        help_text="Who outside the authors checked this report, and how far. Stands on its first page.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, editions: Choices, **kwargs: Any) -> None:  # Django's signature
        super().__init__(*args, **kwargs)
        choice = self.fields["edition"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = editions

    def clean_address(self) -> str:
        """One spelling for one address."""
        return str(self.cleaned_data["address"]).lower()


class CorrectionForm(forms.Form):
    """A dated notice beside a publication."""

    notice = forms.CharField(
        max_length=2000,
        help_text="Stands on top of every page of it, with today's date. It can't be changed or removed.",
        error_messages={"required": "Say what was wrong, or what has changed."},
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    successor = forms.ChoiceField(
        required=False, label="Successor", help_text="The publication to read instead, if there is one."
    )

    def __init__(self, *args: Any, successors: Choices, **kwargs: Any) -> None:  # Django's signature
        super().__init__(*args, **kwargs)
        choice = self.fields["successor"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [NO_SUCCESSOR, *successors]
