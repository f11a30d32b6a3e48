"""Taking a checked case file in: all rows in one transaction, or none."""

from __future__ import annotations

from uuid import UUID

from django.db import connection, transaction

from cases.audit import AuditVerb, record
from cases.models import Case, CaseAudience, CaseHeader, CasePerson, Redaction
from cases.models import CaseFile as CaseFigure
from prose.models import Text
from review.case_file.faults import BadCaseFile
from review.case_file.hiding import RedactionEntry
from review.case_file.rows import ROWS_AT_ONCE, TextRows, write_parts
from review.case_file.shapes import CaseFile

IMPORTING = 0x5AFE_CA5E  # any number of our own: two imports at once wait for each other


@transaction.atomic
def import_case(*, case_file: CaseFile, as_new: bool = False) -> UUID:
    """Write the case; returns its id. Raises BadCaseFile when its reference is taken, unless it is to stand beside it."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [IMPORTING])
    reference = case_file.header.reference
    if not as_new and Case.objects.filter(reference=reference).exists():
        raise BadCaseFile(f"the case {reference} is already here; use --as-new to have it a second time")
    case = Case.objects.create(reference=reference)
    texts = _write_texts(case, case_file)
    _write_header(case, case_file, texts)
    _write_readers(case, case_file)
    CaseFigure.objects.bulk_create(CaseFigure(case=case, key=one.key, content=one.content) for one in case_file.files)
    write_parts(case, case_file, texts)
    record(by=None, verb=AuditVerb.CASE_IMPORTED, case_id=case.pk, target=reference)
    return case.pk


def _write_texts(case: Case, file: CaseFile) -> TextRows:
    rows = {
        text.key: Text(scope_id=case.pk, key=text.key, kind=text.kind, content=text.content) for text in file.texts()
    }
    Text.objects.bulk_create(rows.values(), batch_size=ROWS_AT_ONCE)
    return rows


def _write_header(case: Case, file: CaseFile, texts: TextRows) -> None:
    header = file.header
    CaseHeader.objects.create(
        case=case,
        kind=header.kind,
        rehearsal=header.rehearsal,
        contexts=list(header.contexts),
        rating=header.rating,
        confidence=header.confidence,
        evidence_cutoff=header.evidence_cutoff,
        coverage_date=header.coverage_date,
        publication_date=header.publication_date,
        title=texts[header.title.key],
        subject=texts[header.subject.key],
        banner=texts[header.banner.key],
        predecessor=texts[header.predecessor.key],
        conclusion=texts[header.conclusion.key],
        scope=texts[header.scope.key],
        scope_out=texts[header.scope_out.key],
        summary=texts[header.summary.key],
    )


def _write_readers(case: Case, file: CaseFile) -> None:
    CasePerson.objects.bulk_create(
        CasePerson(
            case=case,
            order=order,
            key=one.key,
            name=one.name,
            role=one.role,
            named_outside=one.named_outside,
            decides=_grounds(file, one.key),
        )
        for order, one in enumerate(file.people)
    )
    CaseAudience.objects.bulk_create(
        CaseAudience(
            case=case,
            order=order,
            key=one.key,
            name=one.name,
            outward=one.outward,
            cleared=list(one.cleared),
            sees_marks_of=list(one.sees_marks_of),
        )
        for order, one in enumerate(file.audiences)
    )
    Redaction.objects.bulk_create(_redaction(case, order, one) for order, one in enumerate(file.redactions))


def _grounds(file: CaseFile, person: str) -> list[str]:
    return sorted(ground for ground, keys in file.deciders.items() if person in keys)


def _redaction(case: Case, order: int, one: RedactionEntry) -> Redaction:
    return Redaction(
        case=case,
        order=order,
        ref=one.ref,
        ground=one.ground,
        note=one.note,
        reason=one.reason,
        extent=one.extent,
        state=one.state,
        instead=dict(one.instead),
        revealed_to=list(one.revealed_to),
        cover=one.target.cover,
        target=one.target.ref,
        attribute=one.target.attribute,
        omitted=one.target.omitted,
        bears_load=one.bears_load,
        decide_again=one.decide_again,
    )
