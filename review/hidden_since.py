"""Whether an edition still shows what has been hidden from its audience since it was made. Asked before it is made public."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from cases.projection import AudienceLens, to_json
from cases.redaction.facts import Audience
from prose.nodes import Json
from review.comparing import compare, covered_bars
from review.comparing.collecting import Collected, collected
from review.projection import Composer
from review.snapshot import CaseSnapshot, read_case


def hidden_since(*, case_id: UUID, audience_key: str, parts: Mapping[str, Json]) -> tuple[str, ...]:
    """The redactions that hide now what these stored parts show, by reference. Says nothing of what was merely rewritten."""
    snapshot = read_case(case_id)
    audience = snapshot.audience(audience_key)
    lens = AudienceLens(snapshot.register, audience)
    now = {name: to_json(page) for name, page in Composer(snapshot, lens).pages()}
    shown = collected(parts)
    bars = {bar.ref for bar in compare(parts, now).bars_in if _was_shown(shown, bar.place, bar.field)}
    return tuple(sorted(bars | covered_bars(parts, now) | _omitted(snapshot, audience, shown)))


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
