"""Bringing a document: the file, and the places of its parts as they were posted."""

from __future__ import annotations

import re
from typing import Final

from django import forms
from django.http import QueryDict

from review.bringing.placing.places import Place
from review.bringing.placing.registers import COLUMNS

PLACE: Final = re.compile(r"place-(\d{1,5})")
COLUMN: Final = re.compile(r"column-(\d{1,5})-(\d{1,2})")
NAMES: Final = frozenset(name for columns in COLUMNS.values() for name in columns) | {""}
WIDEST: Final = 64


class DocumentForm(forms.Form):
    """A document to import."""

    file = forms.FileField(
        label="Document",
        help_text="A Word document (.docx, also from Google Docs) or Markdown (.md), 20 MB at most. "
        "Nothing is written until you have seen where everything goes.",
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".docx,.md,.markdown,.txt"}),
    )


def places_in(data: QueryDict) -> dict[int, Place]:
    """Part → the place that was chosen; what is no place is not chosen."""
    found = {}
    for name, value in data.items():
        part = PLACE.fullmatch(name)
        if part and value in set(Place):
            found[int(part[1])] = Place(str(value))
    return found


def columns_in(data: QueryDict) -> dict[int, tuple[str, ...]]:
    """Part → what each column of its table is to be, where every column was posted."""
    posted: dict[int, dict[int, str]] = {}
    for name, value in data.items():
        column = COLUMN.fullmatch(name)
        if column and value in NAMES and int(column[2]) < WIDEST:
            posted.setdefault(int(column[1]), {})[int(column[2])] = str(value)
    whole = {part: columns for part, columns in posted.items() if set(columns) == set(range(len(columns)))}
    return {part: tuple(columns[number] for number in range(len(columns))) for part, columns in whole.items()}
