"""Saying something inside, going on with it, and what becomes of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms

from prose.anchors import Span
from review.talk.about import AboutWords
from review.talk.mentions import Named
from review.talk.states import ThreadKind

LONGEST = 10_000
KINDS = [(kind.value, kind.label) for kind in ThreadKind]


def _area(label: str, *, rows: int, required: bool = True, help_text: str = "", **attrs: str) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows, **attrs})
    return forms.CharField(label=label, required=required, max_length=LONGEST, help_text=help_text, widget=area)


class SayForm(forms.Form):
    """One box for four kinds: about the selected words, or about the object of that reference."""

    text = forms.CharField(max_length=18, required=False, widget=forms.HiddenInput)
    version = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)
    start = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)
    end = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)
    page = forms.CharField(max_length=20, required=False, widget=forms.HiddenInput)
    about = forms.CharField(label="About", max_length=8, required=False, widget=forms.HiddenInput)
    kind = forms.ChoiceField(choices=KINDS, initial=ThreadKind.COMMENT.value, widget=forms.RadioSelect)
    to = forms.ChoiceField(label="Whom you ask", required=False)
    wording = _area("Your wording", rows=4, required=False, **{"data-quoted": ""})
    body = _area("What you want to say", rows=3)
    use_required_attribute = False  # what is needed depends on the kind

    def __init__(
        self,
        *args: Any,
        people: tuple[Named, ...],
        me: UUID,
        things: tuple[tuple[str, str], ...] = (),
        **kwargs: Any,
    ) -> None:  # Django's signature
        """`things`: what it can be about where no words are selected."""
        super().__init__(*args, **kwargs)
        if things:
            self._is_about(things)
        else:
            self.fields["wording"].help_text = "Change these words. Take all of them out to suggest leaving them out."
        kind = self.data.get("kind", ThreadKind.QUESTION)
        self.fields["body"].required = kind != ThreadKind.SUGGESTION
        self.fields["to"].required = kind == ThreadKind.QUESTION
        self.fields["to"].error_messages["required"] = "Choose the colleague who is asked."
        others = [(str(user_id), name) for user_id, name in people if user_id != me]
        _offer(self.fields["to"], [("", "choose somebody"), *others])
        names = ", ".join(name for _, name in others)
        self.fields["body"].help_text = f"Write @ and a name to mention somebody: {names}." if names else ""

    def _is_about(self, things: tuple[tuple[str, str], ...]) -> None:
        """About one of these things: no other words can be suggested for it."""
        about = self.fields["about"]
        about.widget = forms.Select(choices=things) if len(things) > 1 else forms.HiddenInput()
        about.required, about.initial = True, things[0][0]
        _offer(self.fields["kind"], [choice for choice in KINDS if choice[0] != ThreadKind.SUGGESTION])
        del self.fields["wording"]

    def add_prefix(self, field_name: str) -> str:
        """The selection calls its ends `from` and `to`; whom a question asks is `asked`."""
        return {"start": "from", "end": "to", "to": "asked"}.get(field_name, super().add_prefix(field_name))

    def clean(self) -> dict[str, Any]:
        """Words are a text with its range; without words it is about something."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("text") and None in (data.get("version"), data.get("start"), data.get("end")):
            self.add_error(None, "Select the words again.")
        if not data.get("text") and not data.get("about"):
            self.add_error(None, "Select some words, or open this from the page of an object.")
        return data

    def subject(self) -> AboutWords | str:
        """What it is about, once the form is valid."""
        data = self.cleaned_data
        if data["text"]:
            return AboutWords(data["text"], data["version"], Span(data["start"], data["end"]))
        return str(data["about"])


def _offer(field: forms.Field, choices: list[tuple[str, str]]) -> None:
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices


class GoOnForm(forms.Form):
    """Say more in a thread."""

    body = _area("Reply", rows=2)


class MoveForm(forms.Form):
    """What becomes of a thread, and why."""

    why = _area("Why", rows=2, required=False)


class AcceptForm(MoveForm):
    """Accept a suggestion: all of it, or the changes that are ticked."""

    chosen = forms.TypedMultipleChoiceField(
        coerce=int, required=False, choices=[(number, str(number)) for number in range(1000)]
    )


class FilterForm(forms.Form):
    """Which threads to list. Anything unknown filters nothing."""

    kind = forms.ChoiceField(required=False, choices=[("", "any"), *KINDS, ("outside", "From outside")])
    state = forms.ChoiceField(required=False, choices=[("", "any"), ("open", "Open"), ("over", "Settled")])
    mine = forms.ChoiceField(
        required=False,
        label="For me",
        choices=[("", "everybody's"), ("raised", "Raised by me"), ("mentions", "Mentions me"), ("asked", "Asks me")],
    )
    page = forms.ChoiceField(required=False, label="On page")
    person = forms.ChoiceField(required=False, label="Said by")
    about = forms.CharField(required=False, max_length=8, widget=forms.HiddenInput)

    def __init__(self, *args: Any, pages: list[tuple[str, str]], people: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: dict[str, list[tuple[str, str]]] = {"page": pages, "person": [(name, name) for name in people]}
        for name, found in choices.items():
            _offer(self.fields[name], [("", "any"), *found])

    def chosen(self) -> dict[str, str]:
        """What to filter by, empty values left out."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
