"""Changing the structure of a case: attributes, links, what is new, what goes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from evidence.values import Direction, EvidenceType
from pathways.attributes import (
    RATED,
    Attribute,
    AttributeValue,
    Choice,
    Choices,
    Day,
    Flag,
    Groups,
    OneClaim,
    Person,
    Resting,
)
from pathways.values import ClaimKind, Grade, SupportRole, Value

Options = list[tuple[str, str]]
CHOOSE = ("", "Choose…")
WHY_LINE = forms.TextInput(attrs={"autocomplete": "off"})


def listed(values: type[Value]) -> Options:
    """A closed list for a field."""
    return [(one.value, one.label.capitalize()) for one in values]


def why_field(
    label: str = "Why", help_text: str = "Stays inside, in its history.", *, required: bool = True
) -> forms.CharField:
    """A reason of one or two sentences."""
    area = forms.Textarea(attrs={"rows": 2})
    return forms.CharField(label=label, help_text=help_text, max_length=1000, required=required, widget=area)


def name_field(label: str, *, required: bool = False, help_text: str = "") -> forms.CharField:
    """The first words of something new."""
    return forms.CharField(label=label, required=required, max_length=500, help_text=help_text, widget=WHY_LINE)


class AttributeForm(forms.Form):
    """What is stated of one part. Carries the version that was looked at, and what it said then."""

    depends: frozenset[str] = frozenset()
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    was = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        attributes: tuple[Attribute, ...],
        choices: Mapping[str, Options],
        stated: Mapping[str, AttributeValue],
        version: int,
        **kwargs: Any,
    ) -> None:  # Django's signature
        filled = {key: _filled(value) for key, value in stated.items()}
        kwargs["initial"] = {**filled, "version": version, "was": packed(stated)}
        super().__init__(*args, **kwargs)
        self.attributes = attributes
        for attribute in attributes:
            self.fields[attribute.name] = field_for(attribute, choices.get(attribute.name, []))
        if RATED & {attribute.name for attribute in attributes}:
            self.fields["why"] = self._why_rated(stated)

    def _why_rated(self, stated: Mapping[str, AttributeValue]) -> forms.CharField:
        """Needed once a rating is stated and becomes another one; only the act can tell."""
        stands = any(stated.get(name) is not None for name in RATED)
        self.depends = frozenset({"why"}) if stands else frozenset()
        label = "Why: needed when the rating changes" if stands else "Why it is rated so"
        return why_field(label, "Stands in the history of the rating, inside.", required=False)

    def given(self) -> dict[str, AttributeValue]:
        """What was chosen."""
        return {one.name: _value(one, self.cleaned_data[one.name]) for one in self.attributes}

    def touched(self) -> set[str]:
        """The attributes that were changed by who filled this in; all of them where that can't be told."""
        return self.differs_from_was(self.given())

    def differs_from_was(self, values: Mapping[str, AttributeValue]) -> set[str]:
        """Those of the values that are not what stood there when the form was opened."""
        try:
            was = json.loads(self.cleaned_data["was"])
        except ValueError:
            was = {}
        was = was if isinstance(was, dict) else {}
        now = json.loads(packed(values))
        return {key for key in now if key not in was or was[key] != now[key]}


def packed(values: Mapping[str, AttributeValue]) -> str:
    """Values as one line of a hidden field."""
    plain = {key: value.isoformat() if isinstance(value, date) else value for key, value in values.items()}
    return json.dumps(plain, sort_keys=True)


def field_for(attribute: Attribute, options: Options) -> forms.Field:
    """The field that sets an attribute."""
    said: dict[str, Any] = {"label": attribute.label, "help_text": attribute.hint, "required": not attribute.optional}
    nothing: Options = [("", "Not stated")] if attribute.optional else []
    if isinstance(attribute, Choice):
        return forms.ChoiceField(choices=[*nothing, *listed(attribute.values)], **said)
    if isinstance(attribute, Choices):
        return _several(listed(attribute.values), said)
    if isinstance(attribute, Groups):
        return _several(options, said)
    if isinstance(attribute, Flag):
        return forms.BooleanField(**{**said, "required": False})
    if isinstance(attribute, Day):
        return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **said)
    assert isinstance(attribute, Person | OneClaim | Resting)
    nobody = "Nobody" if isinstance(attribute, Person) else "None"
    return forms.ChoiceField(choices=[*([("", nobody)] if attribute.optional else []), *options], **said)


def _several(options: Options, said: dict[str, Any]) -> forms.Field:
    return forms.MultipleChoiceField(
        choices=options, widget=forms.CheckboxSelectMultiple, **{**said, "required": False}
    )


def _filled(value: AttributeValue) -> object:
    return list(value) if isinstance(value, tuple) else "" if value is None else value


def _value(attribute: Attribute, cleaned: Any) -> AttributeValue:
    if isinstance(cleaned, list):
        return tuple(cleaned)
    if isinstance(attribute, Flag | Day):
        return cleaned  # type: ignore[no-any-return]  # a bool, a date or None, as the field cleans it
    return str(cleaned) if cleaned else None


class RetireForm(forms.Form):
    """Take something out of the report. Carries what was looked at."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    written = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    why = why_field()


class BringBackForm(forms.Form):
    """Let something stand again."""

    why = why_field(required=False)


class MoveForm(forms.Form):
    """One place up or down, or right after another; `after` empty and no steps: before them all."""

    steps = forms.IntegerField(required=False, min_value=-1000, max_value=1000)
    after = forms.CharField(required=False, max_length=8)


class RestOnForm(forms.Form):
    """Let something rest on a claim that is there, or on a new one."""

    depends = frozenset({"claim", "statement", "kind"})
    claim = forms.ChoiceField(required=False, label="A claim that is there")
    statement = name_field("Or a new one", help_text="One statement that can be true or false.")
    kind = forms.ChoiceField(required=False, label="Kind of the new one", choices=[CHOOSE, *listed(ClaimKind)])
    role = forms.ChoiceField(
        choices=listed(SupportRole),
        label="Role",
        help_text="Load-bearing: if the claim is false, the argument as written lacks a step it needs.",
    )
    reason = name_field("Why the step holds")

    def __init__(self, *args: Any, claims: Options, **kwargs: Any) -> None:  # Django's signature
        super().__init__(*args, **kwargs)
        _offer(self, "claim", claims)

    def clean(self) -> dict[str, Any]:
        """One of the two, and the kind of a new one."""
        return _one_of_two(self, "claim", "statement", "kind")


class AddEvidenceForm(forms.Form):
    """Let evidence that is there, or new evidence, bear on a claim."""

    depends = frozenset({"evidence", "title", "type"})
    evidence = forms.ChoiceField(required=False, label="Evidence that is there")
    title = name_field("Or new evidence", help_text="What it is called.")
    type = forms.ChoiceField(required=False, label="Type of the new one", choices=[CHOOSE, *listed(EvidenceType)])
    direction = forms.ChoiceField(choices=listed(Direction), label="For the claim or against it")
    strength = forms.ChoiceField(choices=listed(Grade), label="How much it says", initial=Grade.MODERATE.value)
    place = name_field("Exact place", help_text="A page, a table, a line of a log.")

    def __init__(self, *args: Any, evidence: Options, **kwargs: Any) -> None:  # Django's signature
        super().__init__(*args, **kwargs)
        _offer(self, "evidence", evidence)

    def clean(self) -> dict[str, Any]:
        """One of the two, and the type of new evidence."""
        return _one_of_two(self, "evidence", "title", "type")


def _offer(form: forms.Form, key: str, options: Options) -> None:
    field = form.fields[key]
    assert isinstance(field, forms.ChoiceField)
    field.choices = [("", "Choose one, or write a new one below"), *options]


def _one_of_two(form: forms.Form, there: str, new: str, kind: str) -> dict[str, Any]:
    data: dict[str, Any] = form.cleaned_data
    if bool(data.get(there)) == bool(str(data.get(new) or "").strip()) and not form.errors:
        form.add_error(there, "Choose one that is there, or write a new one: not both, and not neither.")
    elif data.get(new) and not data.get(kind):
        form.add_error(kind, "Choose one.")
    return data
