"""The rows of the report's own lists, from a checked case file."""

from __future__ import annotations

from cases.models import Case, CasePerson
from evidence.models import Assurance, Bearing, Evidence
from pathways.models import Claim, ClaimTag, Limitation, Pathway, RatingChange, Section, Support, Tag, Term
from prose.models import Text
from review.case_file.shapes import CaseFile, PathwayEntry

ROWS_AT_ONCE = 1000
TextRows = dict[str, Text]
People = dict[str, CasePerson]


def write_parts(case: Case, file: CaseFile, texts: TextRows) -> None:
    """The report's own lists; call inside a transaction, once people are there."""
    people = {person.key: person for person in CasePerson.objects.filter(case=case)}
    Section.objects.bulk_create(_sections(case, file, texts), batch_size=ROWS_AT_ONCE)
    pathways = {one.ref: _pathway(case, order, one, texts) for order, one in enumerate(file.pathways)}
    Pathway.objects.bulk_create(pathways.values(), batch_size=ROWS_AT_ONCE)
    _write_history(case, file, texts, pathways)
    claims = _claims(case, file, texts, people)
    Claim.objects.bulk_create(claims.values(), batch_size=ROWS_AT_ONCE)
    _write_tags(case, file, texts, claims)
    evidence = _evidence(case, file, texts, people)
    Evidence.objects.bulk_create(evidence.values(), batch_size=ROWS_AT_ONCE)
    Support.objects.bulk_create(_supports(case, file, texts, pathways, claims), batch_size=ROWS_AT_ONCE)
    Bearing.objects.bulk_create(_bearings(case, file, texts, evidence, claims), batch_size=ROWS_AT_ONCE)
    Assurance.objects.bulk_create(_assurances(case, file, texts, people, claims), batch_size=ROWS_AT_ONCE)
    Limitation.objects.bulk_create(_limitations(case, file, texts), batch_size=ROWS_AT_ONCE)
    Term.objects.bulk_create(_terms(case, file, texts), batch_size=ROWS_AT_ONCE)


def _sections(case: Case, file: CaseFile, texts: TextRows) -> list[Section]:
    return [
        Section(
            case=case,
            order=order,
            ref=one.ref,
            title=texts[one.title.key],
            body=texts[one.body.key],
            ready=one.ready,
        )
        for order, one in enumerate(file.sections)
    ]


def _pathway(case: Case, order: int, one: PathwayEntry, texts: TextRows) -> Pathway:
    return Pathway(
        case=case,
        order=order,
        ref=one.ref,
        title=texts[one.title.key],
        answer=texts[one.answer.key],
        action=texts[one.action.key],
        argument=texts[one.argument.key],
        reason=texts[one.reason.key],
        ready=one.ready,
        context=one.context,
        frequency=one.frequency,
        complexity=one.complexity,
        reversibility=one.reversibility,
        rating=one.rating,
        confidence=one.confidence,
    )


def _write_history(case: Case, file: CaseFile, texts: TextRows, pathways: dict[str, Pathway]) -> None:
    of_case = [(None, entry) for entry in file.header.history]
    of_pathways = [(pathways[one.ref], entry) for one in file.pathways for entry in one.history]
    RatingChange.objects.bulk_create(
        RatingChange(
            case=case,
            pathway=pathway,
            order=order,
            on=entry.on,
            rating=entry.rating,
            confidence=entry.confidence,
            why=texts[entry.why.key],
        )
        for order, (pathway, entry) in enumerate([*of_case, *of_pathways])
    )


def _write_tags(case: Case, file: CaseFile, texts: TextRows, claims: dict[str, Claim]) -> None:
    tags = {
        one.ref: Tag(case=case, order=order, ref=one.ref, name=texts[one.name.key])
        for order, one in enumerate(file.tags)
    }
    Tag.objects.bulk_create(tags.values())
    ClaimTag.objects.bulk_create(
        ClaimTag(claim=claims[one.ref], tag=tags[ref]) for one in file.claims for ref in one.tags
    )


def _claims(case: Case, file: CaseFile, texts: TextRows, people: People) -> dict[str, Claim]:
    return {
        one.ref: Claim(
            case=case,
            order=order,
            ref=one.ref,
            statement=texts[one.statement.key],
            basis=texts[one.basis.key],
            assumptions=texts[one.assumptions.key],
            owner=people.get(one.owner or ""),
            kind=one.kind,
            state=one.state,
            grade=one.grade,
        )
        for order, one in enumerate(file.claims)
    }


def _supports(
    case: Case, file: CaseFile, texts: TextRows, pathways: dict[str, Pathway], claims: dict[str, Claim]
) -> list[Support]:
    return [
        Support(
            case=case,
            order=order,
            ref=one.ref,
            pathway=pathways.get(one.resting),
            resting=claims.get(one.resting),
            claim=claims[one.claim],
            role=one.role,
            reason=texts[one.reason.key],
        )
        for order, one in enumerate(file.supports)
    ]


def _evidence(case: Case, file: CaseFile, texts: TextRows, people: People) -> dict[str, Evidence]:
    return {
        one.ref: Evidence(
            case=case,
            order=order,
            ref=one.ref,
            title=texts[one.title.key],
            description=texts[one.description.key],
            conditions=texts[one.conditions.key],
            place=texts[one.place.key],
            not_relied=texts[one.not_relied.key],
            owner=people.get(one.owner or ""),
            type=one.type,
            as_of=one.as_of,
            valid_until=one.valid_until,
            relied_on=one.relied_on,
        )
        for order, one in enumerate(file.evidence)
    }


def _bearings(
    case: Case, file: CaseFile, texts: TextRows, evidence: dict[str, Evidence], claims: dict[str, Claim]
) -> list[Bearing]:
    return [
        Bearing(
            case=case,
            order=order,
            ref=one.ref,
            evidence=evidence[one.evidence],
            claim=claims[one.claim],
            direction=one.direction,
            strength=one.strength,
            place=texts[one.place.key],
        )
        for order, one in enumerate(file.bearings)
    ]


def _assurances(
    case: Case, file: CaseFile, texts: TextRows, people: People, claims: dict[str, Claim]
) -> list[Assurance]:
    return [
        Assurance(
            case=case,
            order=order,
            ref=one.ref,
            statement=texts[one.statement.key],
            owner=people[one.owner],
            given_on=one.given_on,
            valid_until=one.valid_until,
            claim=claims.get(one.claim or ""),
        )
        for order, one in enumerate(file.assurances)
    ]


def _limitations(case: Case, file: CaseFile, texts: TextRows) -> list[Limitation]:
    return [
        Limitation(case=case, order=order, ref=one.ref, title=texts[one.title.key], body=texts[one.body.key])
        for order, one in enumerate(file.limitations)
    ]


def _terms(case: Case, file: CaseFile, texts: TextRows) -> list[Term]:
    return [
        Term(
            case=case,
            order=order,
            ref=one.ref,
            name=texts[one.name.key],
            definition=texts[one.definition.key],
            tentative=one.tentative,
        )
        for order, one in enumerate(file.terms)
    ]
