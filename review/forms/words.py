"""About a range of words: hide them, say something about them."""

from __future__ import annotations

from typing import Any

from django import forms

from cases.redaction.facts import Extent, Ground


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
    bears_load = forms.BooleanField(
        required=False, label="What is hidden bears load", help_text="The bar says so: an argument needs it."
    )


class QuickRedactForm(RedactForm):
    """Hide the selected words now; what is said about it may follow in the register."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # Django's signature
        super().__init__(*args, **kwargs)
        for name in ("note", "reason"):
            self.fields[name].required = False


class CommentForm(SpanForm):
    """Say something about the selected words."""

    body = forms.CharField(label="Comment", max_length=10_000, widget=forms.Textarea(attrs={"rows": 4}))


class BodyForm(forms.Form):
    """Go on in a thread."""

    body = forms.CharField(label="Reply", max_length=10_000, widget=forms.Textarea(attrs={"rows": 2}))
