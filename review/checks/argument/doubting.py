"""What colleagues doubt and nobody has answered."""

from __future__ import annotations

from collections.abc import Iterator

from review.checks.argument.standing import Standing, plain
from review.checks.catalogue import OwnedText
from review.checks.findings import Finding, FindingKind, fingerprint
from review.checks.material import OpenDoubt


def find_doubted(standing: Standing) -> Iterator[Finding]:
    """An object, or words of it, about which a doubt is open or sustained: one finding for all doubts about it."""
    groups: dict[str, list[OpenDoubt]] = {}
    names = _names(standing)
    for doubt in standing.facts.doubts:
        owned = standing.catalogue.by_key.get(doubt.text_key)
        owner = owned.owner if owned else doubt.ref
        if owner in names and all(standing.is_shown(ref) for ref in names[owner].needs):
            groups.setdefault(owner, []).append(doubt)
    for owner, doubts in sorted(groups.items()):
        yield Finding(
            kind=FindingKind.DOUBTED,
            sentence=_says(owner, doubts),
            fingerprint=fingerprint(FindingKind.DOUBTED, owner, *sorted(f"{d.id} {d.sustained}" for d in doubts)),
            page=names[owner].page,
            ref=owner,
            place=plain(names[owner].text),
        )


def _names(standing: Standing) -> dict[str, OwnedText]:
    """The first text of every object: its title or statement."""
    found: dict[str, OwnedText] = {}
    for owned in standing.catalogue.texts:
        found.setdefault(owned.owner, owned)
    return found


def _says(owner: str, doubts: list[OpenDoubt]) -> str:
    sustained = sum(doubt.sustained for doubt in doubts)
    if len(doubts) == 1:
        return f"A doubt about {owner} is {'sustained' if sustained else 'open'}."
    more = f", {sustained} of them sustained" if sustained else ""
    return f"{len(doubts)} doubts about {owner} are open{more}."
