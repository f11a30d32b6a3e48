"""Who will be able to read an edition: by name, by organisation, and as one sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from cases.models import Grant
from cases.roles import Role

INSIDE = "inside"
READING = tuple(role.value for role in Role if role.reads_an_edition)


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who holds an audience now."""

    id: UUID
    name: str
    place: str  # the organisation, or "inside"


def readers_in(case_id: UUID) -> dict[str, tuple[Reader, ...]]:
    """Audience key → those who hold it now, by name. One query."""
    found: dict[str, dict[UUID, Reader]] = {}
    live = Grant.live().filter(case_id=case_id, role__in=READING, audience__isnull=False)
    rows = live.order_by("user__name").values_list("audience__key", "user_id", "user__name", "user__organisation__name")
    for key, user_id, name, organisation in rows:
        found.setdefault(key, {})[user_id] = Reader(user_id, name, organisation or INSIDE)
    return {key: tuple(readers.values()) for key, readers in found.items()}


def how_many(readers: Iterable[Reader]) -> str:
    """ "4 people at Meridian", "3 people: 2 inside and 1 at Meridian", "nobody yet"."""
    places = Counter(reader.place for reader in {reader.id: reader for reader in readers}.values())
    total = sum(places.values())
    if not total:
        return "nobody yet"
    people = f"{total} {'person' if total == 1 else 'people'}"
    if len(places) == 1:
        return f"{people} {_at(next(iter(places)))}"
    rows = [f"{number} {_at(place)}" for place, number in sorted(places.items(), key=lambda one: one[0] != INSIDE)]
    return f"{people}: {', '.join(rows[:-1])} and {rows[-1]}"


def _at(place: str) -> str:
    return place if place == INSIDE else f"at {place}"


def consequence(readers: Iterable[Reader], *, by_actor: bool, for_publication: bool) -> str:
    """What will happen on approval, in a sentence or two."""
    when = "you approve" if by_actor else "a second manager approves"
    everybody = tuple(readers)
    if everybody:
        who, _, rest = how_many(everybody).partition(":")
        who, rest = who[0].upper() + who[1:], f" ({rest.strip()})" if rest else ""
        says = f"{who}{rest} will be able to read this as soon as {when}."
        says += " It can be withdrawn, but not from their memory."
    else:
        says = "Nobody holds these editions yet. Whoever is given one can read it from then on."
    return f"{says} Opening it to everybody is a step of its own: publishing." if for_publication else says
