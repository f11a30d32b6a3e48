"""Finding words in the whole case, and replacing them."""

from __future__ import annotations

import re

from django import forms

from review.history.replacing import Sought

BREAKS = re.compile(r"[\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029]+")


class ReplaceForm(forms.Form):
    """What to find, and what shall stand there."""

    find = forms.CharField(
        label="Find",
        max_length=200,
        strip=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "spellcheck": "false"}),
    )
    instead = forms.CharField(
        label="Replace with",
        max_length=500,
        strip=False,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    match_case = forms.BooleanField(label="Match capitals", required=False)
    whole_words = forms.BooleanField(label="Whole words only", required=False)

    def clean_find(self) -> str:
        """Something to find."""
        words: str = self.cleaned_data["find"]
        if not words.strip():
            raise forms.ValidationError("Type the words to find.")
        return words

    def clean_instead(self) -> str:
        """One line: blocks are made in the editor."""
        words: str = self.cleaned_data["instead"]
        return BREAKS.sub(" ", words)

    def sought(self) -> Sought:
        """The words looked for; of a valid form."""
        data = self.cleaned_data
        return Sought(data["find"], match_case=data["match_case"], whole_words=data["whole_words"])
