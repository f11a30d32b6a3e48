"""Whether an edition still shows what has been hidden from its audience since it was made. Asked before it is made public."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from uuid import UUID

from cases.projection import AudienceLens, to_json
from cases.redaction.facts import Audience
from prose.nodes import Json
from review.comparing import compare, covered_bars
from review.comparing.collecting import Collected, collected
from review.projection import Composer
from review.snapshot import CaseSnapshot, read_case


def hidden_since(*, case_id: UUID, audience_key: str, parts: Mapping[str, Json]) -> tuple[str, ...]:
    """The redactions that hide now what these stored parts show, by reference, or of which other words are said now.

    Says nothing of what was merely rewritten in the texts.
    """
    snapshot = read_case(case_id)
    audience = snapshot.audience(audience_key)
    lens = AudienceLens(snapshot.register, audience)
    now = {name: to_json(page) for name, page in Composer(snapshot, lens).pages()}
    shown = collected(parts)
    bars = {bar.ref for bar in compare(parts, now).bars_in if _was_shown(shown, bar.place, bar.field)}
    return tuple(
        sorted(
            bars | covered_bars(parts, now) | _omitted(snapshot, audience, shown) | _reworded(snapshot, audience, parts)
        )
    )


def _was_shown(shown: Collected, place: str, field: str) -> bool:
    """A link has no name once it is hidden: of that, it is always possible that it was shown."""
    known = place in shown.texts or place in shown.objects or (place, field) in shown.attributes
    return known or place.startswith("link ")


def _omitted(snapshot: CaseSnapshot, audience: Audience, shown: Collected) -> set[str]:
    return {
        redaction.ref
        for ref in shown.objects
        for redaction in snapshot.register.on_object(ref)
        if redaction.omitted and redaction.hides_from(audience)
    }


def _reworded(snapshot: CaseSnapshot, audience: Audience, parts: Mapping[str, Json]) -> set[str]:
    """What a bar said and is said no more was taken back."""
    return {
        ref
        for item in _items(list(parts.values()))
        if (known := snapshot.register.by_ref.get(ref := str(item["ref"]))) and known.hides_from(audience)
        if [item] != snapshot.register.items([ref], audience)
    }


def _items(value: Json) -> Iterator[dict[str, Json]]:
    """What the bars below a value say."""
    if isinstance(value, dict) and value.keys() >= {"ref", "ground", "note", "instead"}:
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _items(one)
