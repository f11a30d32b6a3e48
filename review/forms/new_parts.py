"""Something new: which fields there are depends on what it is."""

from __future__ import annotations

from typing import Any

from django import forms

from evidence.values import EvidenceType
from pathways.values import ClaimKind
from review.forms.structure import CHOOSE, Options, listed, name_field


class NewForm(forms.Form):
    """Something new; which fields there are depends on what."""

    def __init__(
        self, *args: Any, what: str, people: Options, claims: Options, **kwargs: Any
    ) -> None:  # Django's signature
        super().__init__(*args, **kwargs)
        self.fields.update(_new_fields(what, people, claims))
        next(iter(self.fields.values())).widget.attrs["autofocus"] = True


def _new_fields(what: str, people: Options, claims: Options) -> dict[str, forms.Field]:
    if what == "claim":
        kinds = forms.ChoiceField(
            label="Kind", choices=[CHOOSE, *listed(ClaimKind)], help_text="What the claim is about."
        )
        said = "One statement that can be true or false. You can write it on its page too."
        return {"name": name_field("Statement", help_text=said), "kind": kinds}
    if what == "evidence":
        types = forms.ChoiceField(label="Type", choices=[CHOOSE, *listed(EvidenceType)])
        return {"name": name_field("Title", help_text="You can write it on its page too."), "type": types}
    if what == "assurance":
        day = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        return {
            "owner": forms.ChoiceField(label="Whose word it is", choices=people),
            "given_on": forms.DateField(label="Given on", widget=day),
            "claim": forms.ChoiceField(label="Claim it speaks to", required=False, choices=[("", "None"), *claims]),
        }
    if what == "term":
        return _term_fields()
    if what == "group":
        return {"name": name_field("Name", required=True)}
    return {"name": name_field("Title", help_text="You can write it on its page too.")}


def _term_fields() -> dict[str, forms.Field]:
    said = (
        "As it stands in a sentence. Its first use in each text leads to the definition, also with a capital or an s."
    )
    area = forms.Textarea(attrs={"rows": 4})
    later = "You can write it in the glossary too."
    still = "Its authors may still change what it means. Readers see that it is."
    return {
        "name": name_field("Term", required=True, help_text=said),
        "definition": forms.CharField(
            label="What it means here", required=False, max_length=10_000, widget=area, help_text=later
        ),
        "tentative": forms.BooleanField(label="Tentative", required=False, help_text=still),
    }
