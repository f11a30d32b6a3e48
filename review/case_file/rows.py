"""The rows of the report's own lists, from a checked case file."""

from __future__ import annotations

from cases.models import Case
from evidence.models import Bearing, Evidence
from pathways.models import Claim, Pathway, Section, Support
from prose.models import Text
from review.case_file.shapes import CaseFile, PathwayEntry

ROWS_AT_ONCE = 1000
TextRows = dict[str, Text]


def write_parts(case: Case, file: CaseFile, texts: TextRows) -> None:
    """Sections, pathways, claims, supports, evidence, bearings; call inside a transaction."""
    Section.objects.bulk_create(_sections(case, file, texts), batch_size=ROWS_AT_ONCE)
    pathways = {one.ref: _pathway(case, order, one, texts) for order, one in enumerate(file.pathways)}
    Pathway.objects.bulk_create(pathways.values(), batch_size=ROWS_AT_ONCE)
    claims = _claims(case, file, texts)
    Claim.objects.bulk_create(claims.values(), batch_size=ROWS_AT_ONCE)
    evidence = _evidence(case, file, texts)
    Evidence.objects.bulk_create(evidence.values(), batch_size=ROWS_AT_ONCE)
    Support.objects.bulk_create(_supports(case, file, texts, pathways, claims), batch_size=ROWS_AT_ONCE)
    Bearing.objects.bulk_create(_bearings(case, file, texts, evidence, claims), batch_size=ROWS_AT_ONCE)


def _sections(case: Case, file: CaseFile, texts: TextRows) -> list[Section]:
    return [
        Section(case=case, order=order, ref=one.ref, title=texts[one.title.key], body=texts[one.body.key])
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
        context=one.context,
        frequency=one.frequency,
        complexity=one.complexity,
        reversibility=one.reversibility,
        rating=one.rating,
        confidence=one.confidence,
    )


def _claims(case: Case, file: CaseFile, texts: TextRows) -> dict[str, Claim]:
    return {
        one.ref: Claim(
            case=case,
            order=order,
            ref=one.ref,
            statement=texts[one.statement.key],
            basis=texts[one.basis.key],
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


def _evidence(case: Case, file: CaseFile, texts: TextRows) -> dict[str, Evidence]:
    return {
        one.ref: Evidence(
            case=case,
            order=order,
            ref=one.ref,
            title=texts[one.title.key],
            description=texts[one.description.key],
            place=texts[one.place.key],
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
