"""A live case with its cast for tests of changing the structure: nothing released, and looking things up by reference."""

from __future__ import annotations

from typing import Any

from cases.projection import AudienceLens, to_json
from evidence.actions.kinds import kind_of
from evidence.attributes import ATTRIBUTES
from pathways.actions.retiring import written_in
from pathways.loaders import stated_of
from pathways.models import Part, PartEvent
from prose.content import plain_text
from prose.marked import content_to_json, parsed
from prose.nodes import canonical
from review.making import make_edition
from review.projection import Composer
from review.snapshot import CaseSnapshot, read_case
from tests.case_builder import CaseBuilder
from tests.world import World, grant_all, import_raw, people, secret_case


def plain_case() -> CaseBuilder:
    """Two pathways over three claims, with evidence, an assurance and a citation; R-AAAA hides words, on legal duty."""
    case = CaseBuilder()
    case.redaction("R-AAAA")
    case.section("S-AAAA", "Scope", "Plain words {C-AAAA} and after.")
    case.section("S-BBBB", "Terms", "Words.")
    case.pathway("P-AAAA", "Leaks", "First [[R-AAAA secret]] block {C-AAAA}.\n\nSecond block.\n\nThird {C-BBBB}.")
    case.pathway("P-BBBB", "Sabotage", "Its own [[R-AAAA hidden]] argument.", reason="Since it is hard.")
    case.claim("C-AAAA", "Egress is [[R-AAAA capped at ten]].", basis="A [[R-AAAA private]] basis {E-AAAA}.")
    case.claim("C-BBBB", "Weights stay inside.", assumptions="Staff are honest.")
    case.claim("C-CCCC", "Logs are read.")
    case.support("L-AAAA", "P-AAAA", "C-AAAA")
    case.support("L-BBBB", "P-BBBB", "C-BBBB", role="context")
    case.support("L-CCCC", "C-AAAA", "C-CCCC", reason="A [[R-AAAA hidden]] step.")
    case.evidence("E-AAAA", "A drill")
    case.evidence("E-BBBB", "A survey")
    case.bearing("B-AAAA", "E-AAAA", "C-AAAA")
    case.bearing("B-BBBB", "E-BBBB", "C-BBBB")
    case.person("owen", "Owen Outside", named_outside=True)
    case.assurance("A-AAAA", "Nobody reads it.", "owen", claim="C-AAAA")
    case.limitation("N-AAAA", "Awareness", "It may know.")
    case.tag("G-AAAA", "Weights")
    case.term("T-AAAA", "quorum", "What [[R-AAAA mostly]] suffices.", tentative=True)
    return case


def structure_world(case: CaseBuilder | None = None, secret: bool = False) -> World:
    """The case and its people."""
    users = people()
    world = World(import_raw(secret_case() if secret else (case or plain_case()).file), users)
    grant_all(world.case_id, users)
    return world


def act(world: World, name: str = "Jun") -> dict[str, Any]:
    """Who and where, for an action."""
    return {"by": world.actor(name), "case_id": world.case_id}


def row(world: World, ref: str) -> Any:
    """The row of a part, read anew."""
    return kind_of(ref).model._default_manager.get(case_id=world.case_id, ref=ref)


def seen(world: World, ref: str) -> dict[str, int]:
    """What a page would carry of it."""
    part: Part = row(world, ref)
    return {"version": part.version, "written": written_in(part, kind_of(ref))}


def stated(world: World, ref: str) -> dict[str, Any]:
    """What its attributes say."""
    return stated_of(row(world, ref), ATTRIBUTES[ref[0]])


def words(world: World, ref: str, name: str) -> str:
    """The words of a text, marks left out."""
    return plain_text(parsed(getattr(row(world, ref), name).content))


def raw(world: World, ref: str, name: str) -> str:
    """A text as it is stored."""
    return content_to_json(getattr(row(world, ref), name).content)


def events(world: World, ref: str = "") -> list[tuple[str, str, str, str]]:
    """(who, verb, other, why), of one part or of all."""
    names = {user.pk: name for name, user in world.users.items()}
    rows = PartEvent.objects.filter(case_id=world.case_id, **({"ref": ref} if ref else {})).order_by("at")
    return [(names[one.by_id], one.verb, one.other_ref, one.why) for one in rows]


def refs(world: World, letter: str) -> list[str]:
    """The references of a kind in reading order, retired ones left out."""
    rows = kind_of(letter).model._default_manager.filter(case_id=world.case_id, retired=False)
    return list(rows.order_by("order", "ref").values_list("ref", flat=True))


def links(world: World) -> set[tuple[str, str]]:
    """(from, to) of what stands."""
    case = read_case(world.case_id)
    return {(one.resting, one.claim) for one in case.supports} | {(one.evidence, one.claim) for one in case.bearings}


def sound(case: CaseSnapshot) -> None:
    """No link leads nowhere, and every audience can be given its pages."""
    are_links_sound(case)
    for audience in case.audiences:
        assert dict(Composer(case, AudienceLens(case.register, audience)).pages())


def are_links_sound(case: CaseSnapshot) -> None:
    """No link leads nowhere."""
    claims, pathways = set(case.claim_by_ref), set(case.pathway_by_ref)
    assert all(one.resting in claims | pathways and one.claim in claims for one in case.supports)
    assert all(one.evidence in case.evidence_by_ref and one.claim in claims for one in case.bearings)
    assert all(one.claim is None or one.claim in claims for one in case.assurances)
    assert all(set(claim.tags) <= set(case.tag_by_ref) for claim in case.claims)


def read_by(case: CaseSnapshot, key: str) -> str:
    """All that an audience would read, as JSON alone: quicker than an edition."""
    pages = Composer(case, AudienceLens(case.register, case.audience(key))).pages()
    return "".join(canonical(to_json(page)) for _, page in pages)


def edition_of(world: World, audience: str = "public") -> str:
    """All that an audience would get in a release made now, as one string."""
    case = read_case(world.case_id)
    made = make_edition(case, case.audience(audience), "")
    return "".join(part.content + part.html for part in made.parts)
