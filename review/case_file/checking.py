"""The whole file: a JSON object of the right format and version to a `CaseFile`. Pure."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator

from pathways.cycles import first_cycle
from prose.nodes import Json
from review.case_file.entries import Entry
from review.case_file.faults import BadCaseFile
from review.case_file.files import file_entries
from review.case_file.hiding import audience_entries, deciders, person_entries, redaction_entries
from review.case_file.parts import (
    assurance_entries,
    bearing_entries,
    claim_entries,
    evidence_entries,
    header_entry,
    limitation_entries,
    pathway_entries,
    section_entries,
    support_entries,
    tag_entries,
    term_entries,
)
from review.case_file.shapes import AssuranceEntry, CaseFile, ClaimEntry, EvidenceEntry

LISTS = (
    "tags", "sections", "pathways", "claims", "supports", "evidence", "bearings", "assurances", "limitations", "terms",
)  # fmt: skip
CITABLE = "SPCEANT"
TOP = ("format", "version", "case", "people", "deciders", "audiences", "redactions", "files", *LISTS)


def checked(raw: dict[str, Json]) -> CaseFile:
    """The case file. Raises BadCaseFile."""
    top = Entry(raw, "", TOP)
    case_file = CaseFile(
        header=header_entry(top.raw("case")),
        people=person_entries(top.raw("people")),
        deciders=deciders(top.raw("deciders")),
        audiences=audience_entries(top.raw("audiences")),
        redactions=redaction_entries(top.raw("redactions")),
        files=file_entries(top.raw("files")),
        tags=tag_entries(top.raw("tags")),
        sections=section_entries(top.raw("sections")),
        pathways=pathway_entries(top.raw("pathways")),
        claims=claim_entries(top.raw("claims")),
        supports=support_entries(top.raw("supports")),
        evidence=evidence_entries(top.raw("evidence")),
        bearings=bearing_entries(top.raw("bearings")),
        assurances=assurance_entries(top.raw("assurances")),
        limitations=limitation_entries(top.raw("limitations")),
        terms=term_entries(top.raw("terms")),
    )
    for check in CHECKS:
        check(case_file)
    return case_file


def _require_once(what: str, pairs: Iterable[tuple[str, str]]) -> None:
    """Each of the (word, place) pairs has a word of its own."""
    seen: dict[str, str] = {}
    for word, at in pairs:
        if word in seen:
            raise BadCaseFile(f"the {what} {word} is already taken by {seen[word]}", at)
        seen[word] = at


def _require_there(pairs: Iterable[tuple[str, str]], there: Container[str]) -> None:
    """Each of the (word, place) pairs names something."""
    for word, at in pairs:
        if word not in there:
            raise BadCaseFile(f"{word} is not in the file", at)


def _check_once(file: CaseFile) -> None:
    _require_once("reference", ((one.ref, one.at) for one in (*file.redactions, *file.parts())))
    _require_once("text key", ((text.key, text.at) for text in file.texts()))
    _require_once("file", ((one.key, one.at) for one in file.files))
    _require_once("person", ((person.key, person.at) for person in file.people))
    _require_once("audience", ((audience.key, audience.at) for audience in file.audiences))


def _check_links(file: CaseFile) -> None:
    claims = {claim.ref for claim in file.claims}
    pathways = {pathway.ref for pathway in file.pathways}
    evidence = {item.ref for item in file.evidence}
    _require_there(((link.resting, f"{link.at}, from") for link in file.supports), claims | pathways)
    _require_there(((link.claim, f"{link.at}, to") for link in file.supports), claims)
    _require_there(((link.claim, f"{link.at}, claim") for link in file.bearings), claims)
    _require_there(((link.evidence, f"{link.at}, evidence") for link in file.bearings), evidence)
    _require_there(((one.claim, f"{one.at}, claim") for one in file.assurances if one.claim), claims)
    tags = {tag.ref for tag in file.tags}
    _require_there(((tag, f"{claim.at}, tags") for claim in file.claims for tag in claim.tags), tags)


def _check_cycles(file: CaseFile) -> None:
    cycle = first_cycle((support.resting, support.claim) for support in file.supports)
    if cycle:
        raise BadCaseFile(f"a claim rests on itself: {' → '.join(cycle)}", "supports")


def _check_texts(file: CaseFile) -> None:
    objects = {part.ref for part in file.parts() if part.ref[0] in CITABLE}
    redactions = {redaction.ref for redaction in file.redactions}
    files = {one.key for one in file.files}
    for text in file.texts():
        _require_there(((ref, f"{text.at}, citation") for ref in sorted(text.cited)), objects)
        _require_there(((ref, f"{text.at}, redaction") for ref in sorted(text.marked)), redactions)
        _require_there(((key, f"{text.at}, image") for key in sorted(text.files)), files)


def _check_readers(file: CaseFile) -> None:
    people = {person.key for person in file.people}
    for ground, keys in file.deciders.items():
        _require_there(((key, f"deciders, {ground}") for key in keys), people)
    owned: list[ClaimEntry | EvidenceEntry | AssuranceEntry] = [*file.claims, *file.evidence, *file.assurances]
    _require_there(((one.owner, f"{one.at}, owner") for one in owned if one.owner), people)
    audiences = {audience.key for audience in file.audiences}
    for audience in file.audiences:
        _require_there(((key, f"{audience.at}, sees_marks_of") for key in audience.sees_marks_of), audiences)
    for redaction in file.redactions:
        _require_there(((key, f"{redaction.at}, revealed_to") for key in redaction.revealed_to), audiences)
        _require_there(((key, f"{redaction.at}, instead") for key in redaction.instead), audiences)


def _check_targets(file: CaseFile) -> None:
    there = {file.header.reference} | {part.ref for part in file.parts()}
    _require_there(_targets(file), there)


def _targets(file: CaseFile) -> Iterator[tuple[str, str]]:
    return ((one.target.ref, f"{one.at}, target") for one in file.redactions if one.target.ref)


CHECKS: tuple[Callable[[CaseFile], None], ...] = (
    _check_once,
    _check_links,
    _check_cycles,
    _check_texts,
    _check_readers,
    _check_targets,
)
