"""The choice of a ground, which says from whom it hides in this case."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms
from django.utils.html import format_html

from cases.redaction.facts import Audience, Ground, hidden_from


def tell_from_whom(field: forms.Field, audiences: Iterable[Audience]) -> None:
    """Write behind each ground from whom words on it are hidden."""
    assert isinstance(field, forms.ChoiceField)
    every = tuple(audiences)
    field.choices = [(ground.value, _label(ground, every)) for ground in Ground]


def _label(ground: Ground, audiences: tuple[Audience, ...]) -> str:
    names = [audience.name for audience in hidden_from(ground, audiences)]
    whom = f"hidden from {', '.join(names)}" if names else "hidden from nobody: all are cleared for it"
    return format_html('{} <span class="whom">{}</span>', ground.label.capitalize(), whom)
