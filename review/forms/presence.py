"""Where somebody is in a case, as their page says it."""

from __future__ import annotations

from django import forms

from prose.schema import TEXT_KEY

LARGEST = 2**31 - 1
PAGE = r"\A[a-z_]+(/[A-Z]-[2-9A-Z]{3,5})?\Z"
KEY = rf"\A{TEXT_KEY.pattern}\Z"


class TabForm(forms.Form):
    """Which open tab it is: an id that the page gave itself."""

    tab = forms.UUIDField()


class HereForm(TabForm):
    """On which page, in which text of it, with what selected there."""

    page = forms.RegexField(PAGE, max_length=20, strip=False)
    text = forms.RegexField(KEY, required=False, strip=False)
    version = forms.IntegerField(min_value=0, max_value=LARGEST, required=False)
    anchor = forms.IntegerField(min_value=0, max_value=LARGEST, required=False)
    head = forms.IntegerField(min_value=0, max_value=LARGEST, required=False)
