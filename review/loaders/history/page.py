"""The texts that are at home on one live page, each with who changed it last: the way to their histories."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import Http404

from cases.access import Actor
from prose.models import Step, Why
from review.loaders.history.opened import SOMEBODY, OpenCase, is_written_in, names_of, open_case
from review.loaders.redaction_places import page_label
from review.loaders.text_owners import TextName, names_of_texts


@dataclass(frozen=True, slots=True)
class LastDone:
    """What was done last in a text, by whom and when; `version`: how often anything was."""

    version: int
    who: str
    did: str
    at: datetime


@dataclass(frozen=True, slots=True)
class PageTexts:
    """The texts of a page: those that somebody changed, the newest first, and the others."""

    case: OpenCase
    page: str
    label: str
    changed: tuple[tuple[str, TextName, LastDone], ...]
    others: tuple[tuple[str, TextName], ...]


def page_texts(actor: Actor, case_id: UUID, page: str, base: str) -> PageTexts:
    """Raises Http404, also for a page on which no text is at home."""
    case = open_case(actor, case_id, base)
    there = {key: name for key, name in names_of_texts(case_id).items() if name.page == page and is_written_in(name)}
    if not there:
        raise Http404
    steps = Step.objects.filter(text__scope_id=case_id, text__key__in=there).order_by("text_id", "-version")
    last = list(steps.distinct("text_id").values_list("text__key", "version", "by_id", "at", "why"))
    names = names_of(by_id for _, _, by_id, _, _ in last)
    done = {
        key: LastDone(version, names.get(by_id, SOMEBODY), Why(why).label, at) for key, version, by_id, at, why in last
    }
    changed = [(key, there[key], last) for key, last in done.items()]
    others = [(key, name) for key, name in there.items() if key not in done]
    return PageTexts(
        case=case,
        page=page,
        label=page_label(page),
        changed=tuple(sorted(changed, key=lambda row: row[2].at, reverse=True)),
        others=tuple(sorted(others, key=lambda row: (not page.endswith(row[1].ref), row[1].label))),
    )
