"""Merging and splitting, and making something of selected words."""

from __future__ import annotations

from typing import Any

from django import forms

from evidence.values import Direction, EvidenceType
from pathways.values import ClaimKind, Grade, SupportRole
from review.forms.structure import Options, listed, name_field, why_field
from review.forms.words import SpanForm

STAY, MOVE, COPY = "stay", "move", "copy"


class MergeForm(forms.Form):
    """Merge one into another. Carries what was looked at of the one that goes."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    written = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    into = forms.ChoiceField(label="Into", error_messages={"required": "Choose what it goes into."})
    append = forms.MultipleChoiceField(
        required=False,
        label="Words that follow",
        help_text="They are added at the end of the other's text, with all that hides them.",
        widget=forms.CheckboxSelectMultiple,
    )
    recite = forms.BooleanField(required=False, label="Where it is cited, cite the other instead")
    why = why_field("Why", "Stays inside, in the history of both.")

    def __init__(self, *args: Any, into: Options, append: Options, **kwargs: Any) -> None:  # Django's signature
        super().__init__(*args, **kwargs)
        for key, options in (("into", [("", "Choose one"), *into]), ("append", append)):
            field = self.fields[key]
            assert isinstance(field, forms.ChoiceField)
            field.choices = options


class SplitForm(forms.Form):
    """Split something off: its name, which links move or are copied, which passages move."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    argument = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    name = name_field("What the new one says", required=True)
    blocks = forms.MultipleChoiceField(required=False, label="Passages that move", widget=forms.CheckboxSelectMultiple)
    why = why_field("Why", "Stays inside, in the history of both.")

    def __init__(self, *args: Any, links: list[tuple[str, str, bool]], blocks: Options, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)  # Django's signature
        field = self.fields["blocks"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = blocks
        if not blocks:
            del self.fields["blocks"]
        self.links = [ref for ref, _, _ in links]
        for ref, label, may_copy in links:
            ways = [(STAY, "Stays"), (MOVE, "Moves"), *([(COPY, "On both")] if may_copy else [])]
            self.fields[f"link-{ref}"] = forms.ChoiceField(
                label=label, choices=ways, initial=STAY, widget=forms.RadioSelect
            )
        self.order_fields(["version", "argument", "name", *(f"link-{ref}" for ref in self.links), "blocks", "why"])

    def chosen(self, way: str) -> frozenset[str]:
        """The links for which that way was chosen."""
        return frozenset(ref for ref in self.links if self.cleaned_data[f"link-{ref}"] == way)

    def numbers(self) -> frozenset[int]:
        """The passages that move."""
        return frozenset(int(one) for one in self.cleaned_data.get("blocks", ()))


class UsualChoice(forms.ChoiceField):
    """A choice that is the usual one where nobody said otherwise."""

    def clean(self, value: Any) -> Any:
        """Nothing sent is the usual one."""
        return super().clean(value or self.initial)


class FromWordsForm(SpanForm):
    """Selected words that become something; links are only for words that belong to a pathway or a claim."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    page = forms.CharField(required=False, widget=forms.HiddenInput)


class ClaimOfWordsForm(FromWordsForm):
    """A claim made of words."""

    kind = forms.ChoiceField(label="Kind", choices=listed(ClaimKind), help_text="What the claim is about.")
    role = UsualChoice(
        choices=listed(SupportRole),
        initial=SupportRole.LOAD_BEARING.value,
        label="Role in what rests on it",
        help_text="Load-bearing: if the claim is false, the argument as written lacks a step it needs.",
    )


class EvidenceOfWordsForm(FromWordsForm):
    """Evidence made of words."""

    kind = forms.ChoiceField(label="Type", choices=listed(EvidenceType))
    direction = UsualChoice(choices=listed(Direction), initial=Direction.FOR.value, label="For the claim or against it")
    strength = UsualChoice(choices=listed(Grade), initial=Grade.MODERATE.value, label="How much it says")


class CiteForm(forms.Form):
    """What was cited where: for the link between the two."""

    text = forms.CharField(max_length=18)
    ref = forms.CharField(max_length=8)
    role = UsualChoice(choices=listed(SupportRole), initial=SupportRole.LOAD_BEARING.value)
    direction = UsualChoice(choices=listed(Direction), initial=Direction.FOR.value)
    strength = UsualChoice(choices=listed(Grade), initial=Grade.MODERATE.value)
