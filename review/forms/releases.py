"""Releasing: for whom and what for; amending; what was found."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms

from review.states import Purpose

Choices = list[tuple[str, str]]
NEEDED = "A publication for readers outside needs a cold reader: choose somebody."


def statement_field(name: str, initial: str) -> forms.CharField:
    """The words that open an outward edition."""
    return forms.CharField(
        label=f"Redaction statement for {name}",
        required=False,
        max_length=2000,
        initial=initial,
        help_text="Opens the edition. Names every ground on which something is hidden in it, and no other.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def cold_reader_field(people: Choices) -> forms.ChoiceField:
    """Somebody else who reads what changed and signs."""
    return forms.ChoiceField(
        label="Cold reader",
        required=False,
        choices=[("", "nobody"), *people],
        help_text="Reads what changed for readers outside, and signs. A publication needs one; whoever is named must sign.",
    )


class ReleaseForm(forms.Form):
    """For whom, and what for. One statement for each outward audience."""

    purpose = forms.ChoiceField(choices=[(p.value, p.label.capitalize()) for p in Purpose], widget=forms.RadioSelect)
    audiences = forms.MultipleChoiceField(
        label="For whom",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one audience."},
    )
    left_out = forms.MultipleChoiceField(
        label="Not ready: leave out",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="These parts are not called ready. What is ticked is left out of every edition of this release, by name.",
    )

    def __init__(
        self,
        *args: Any,
        audiences: Choices,
        outward: Choices,
        suggested: dict[str, str],
        unready: Choices,
        people: Choices,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._outward = {key for key, _ in outward}
        for name, choices in (("audiences", audiences), ("left_out", unready)):
            field = self.fields[name]
            assert isinstance(field, forms.MultipleChoiceField)
            field.choices = choices
        self.fields["left_out"].initial = [ref for ref, _ in unready]
        self.fields["cold_reader"] = cold_reader_field(people)
        for key, name in outward:
            self.fields[f"statement_{key}"] = statement_field(name, suggested.get(key, ""))

    def clean(self) -> dict[str, Any]:
        """A publication for readers outside names its cold reader."""
        data = super().clean() or {}
        outward = self._outward.intersection(data.get("audiences", ()))
        if data.get("purpose") == Purpose.PUBLICATION and outward and not data.get("cold_reader"):
            self.add_error("cold_reader", NEEDED)
        return data

    def statements(self) -> dict[str, str]:
        """Audience → statement, for the chosen ones; inward editions have none."""
        data = self.cleaned_data
        return {key: data.get(f"statement_{key}", "") for key in data["audiences"]}

    def left_out_parts(self) -> frozenset[str]:
        """References of the parts to leave out."""
        return frozenset(self.cleaned_data["left_out"])

    def cold_reader_id(self) -> UUID | None:
        """Who was named; nobody where no edition goes outward."""
        chosen = self.cleaned_data["cold_reader"]
        return UUID(chosen) if chosen and self._outward.intersection(self.cleaned_data["audiences"]) else None

    def rows(self, audiences: tuple[Any, ...]) -> list[dict[str, object]]:
        """Each audience with whether it is chosen and its statement field, for the page."""
        chosen = self["audiences"].value() or []
        return [
            {
                "audience": one,
                "chosen": one.key in chosen,
                "statement": self[f"statement_{one.key}"] if one.key in self._outward else None,
            }
            for one in audiences
        ]


class AmendForm(forms.Form):
    """The parts that are made anew, and the statement that opens the edition."""

    pages = forms.MultipleChoiceField(
        label="Parts to make anew",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one part."},
    )

    def __init__(
        self,
        *args: Any,
        pages: Choices,
        statement: str | None,
        audience: str,
        people: Choices,
        needs_cold_reader: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["pages"]
        assert isinstance(choice, forms.MultipleChoiceField)
        choice.choices = pages
        if statement is not None:
            self.fields["statement"] = statement_field(audience, statement)
            self.fields["cold_reader"] = cold_reader_field(people)
            self.fields["cold_reader"].required = needs_cold_reader
            self.fields["cold_reader"].error_messages["required"] = NEEDED

    def cold_reader_id(self) -> UUID | None:
        """Who was named."""
        chosen = self.cleaned_data.get("cold_reader")
        return UUID(chosen) if chosen else None


class SettleForm(forms.Form):
    """Not the same, because …; stands, because …"""

    fingerprint = forms.CharField(max_length=64, widget=forms.HiddenInput)
    reason = forms.CharField(max_length=500, label="Not the same, because")
