"""Stage of the workshop: the whole live case against plain SQL for the same rows, and how projecting grows."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from functools import partial
from uuid import UUID

from django.db import connection

from cases.access import Actor
from cases.projection import AudienceLens, to_json
from review.loaders.live import live_case, live_page
from review.projection import Composer
from review.snapshot import CaseSnapshot, read_case
from review.states import PageKind
from tests.bench.figures import collector_off, paired, progress, say, seconds
from tests.bench.material import ref
from tests.bench.people import actor
from tests.bench.state import FACTORS, State

TRANSACTION = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT", "SET TRANSACTION")
Execute = Callable[[str, object, bool, dict[str, object]], object]
# Table → every column that the load reads, and which rows. One plain select each.
OF_CASE = "case_id = %(case)s"
THREADS = "review_outsidethread t join review_edition e on e.id = t.edition_id where e.case_id = %(case)s"
OF_THREADS = f"thread_id in (select t.id from {THREADS})"
OF_TALK = "thread_id in (select id from review_insidethread where case_id = %(case)s)"
OF_TEXTS = "text_id in (select id from prose_text where scope_id = %(case)s)"
FLOOR = (
    ("live_case_permission", "permission_id", "content_object_id = %(case)s and user_id = %(user)s"),
    ("cases_case", "id, reference", "id = %(case)s"),
    (
        "cases_caseheader",
        "case_id, kind, rehearsal, contexts, rating, confidence, evidence_cutoff, coverage_date, publication_date, title_id, "
        "subject_id, banner_id, predecessor_id, conclusion_id, scope_id, scope_out_id, summary_id",
        OF_CASE,
    ),
    (
        "cases_redaction",
        "ref, ground, note, extent, state, instead, cover, target, attribute, omitted, bears_load, revealed_to",
        OF_CASE,
    ),
    ("cases_caseaudience", "key, name, outward, cleared, sees_marks_of", OF_CASE),
    ("prose_text", "id, key, kind, version, content", "scope_id = %(case)s"),
    ("pathways_section", "ref, title_id, body_id", OF_CASE),
    (
        "pathways_pathway",
        "id, ref, title_id, answer_id, action_id, argument_id, reason_id, "
        "context, frequency, complexity, reversibility, rating, confidence",
        OF_CASE,
    ),
    ("pathways_claim", "id, ref, statement_id, basis_id, assumptions_id, owner_id, kind, state, grade", OF_CASE),
    ("pathways_tag", "id, ref, name_id", OF_CASE),
    (
        "pathways_claimtag",
        "claim_id, tag_id",
        "claim_id in (select id from pathways_claim where case_id = %(case)s)",
    ),
    ("pathways_limitation", "ref, title_id, body_id", OF_CASE),
    ("cases_caseperson", "id, name, named_outside", OF_CASE),
    ("pathways_support", "ref, pathway_id, resting_id, claim_id, role, reason_id", OF_CASE),
    (
        "evidence_evidence",
        "id, ref, title_id, description_id, conditions_id, place_id, not_relied_id, owner_id, type, as_of, valid_until, relied_on",
        OF_CASE,
    ),
    ("evidence_assurance", "ref, statement_id, owner_id, given_on, valid_until, claim_id", OF_CASE),
    ("evidence_bearing", "ref, evidence_id, claim_id, direction, strength, place_id", OF_CASE),
    ("review_edition", "id, audience_name, number", OF_CASE),
    (
        "review_outsidethread",
        'id, edition_id, text_key, start, "end", quote',
        "edition_id in (select id from review_edition where case_id = %(case)s)",
    ),
    ("review_outsidecomment", "thread_id, author_name, body, at", OF_THREADS),
    ("review_reply", "thread_id, role_word, body, at", OF_THREADS),
    (
        "review_preparedmap",
        "edition_id, text_key, version, segments",
        f"(edition_id, text_key) in (select t.edition_id, t.text_key from {THREADS})",
    ),
    (
        "review_insidethread",
        "id, kind, state, anchor_id, ref, quote, proposed, to_id, by_id, author, at",
        OF_CASE,
    ),
    ("review_insidecomment", "thread_id, by_id, author, body, mentions, at", OF_TALK),
    ("review_insidethreadevent", "thread_id, by_id, verb, why, at", OF_TALK),
    ("prose_anchor", 'id, text_id, start, "end"', OF_TEXTS),
    ("prose_step", "text_id, version, steps", OF_TEXTS),
)


def measure(state: State) -> None:
    """All figures of live cases."""
    ada = actor(state, "Ada")
    for factor in FACTORS:
        live_case(ada, state.case(factor))  # content types are kept by the process
        statements = _statements(partial(live_case, ada, state.case(factor)))
        say(f"live_case_queries_{factor}x", len(statements), "statements", 1)
    for statement in statements:
        progress(statement.split(" FROM ", 1)[-1][:90])
    ratios = {factor: _over_floor(ada, state.case(factor), n) for factor, n in ((4, 7), (1, 21))}
    progress(f"live case over floor at 4x: {ratios[4]:.2f}")
    say("live_case_over_floor", ratios[1], "ratio", 21)
    _preview(ada, state)
    _project(state)


def _preview(by: Actor, state: State) -> None:
    """A pathway's page as an audience would read it, over the same page live: everything but the shell's template."""
    case_id = state.case(1)
    page = partial(live_page, by, case_id, PageKind.PATHWAY, ref("P", 0))
    preview, live = partial(seconds, partial(page, "external_reviewer")), partial(seconds, page)
    say("preview_over_live", paired(preview, live, 31, "preview of a pathway, live page"), "ratio", 31)


def _statements(run: Callable[[], object]) -> list[str]:
    seen: list[str] = []

    def note(execute: Execute, sql: str, params: object, many: bool, context: dict[str, object]) -> object:
        seen.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        run()
    return [sql for sql in seen if not sql.upper().startswith(TRANSACTION)]


def _over_floor(by: Actor, case_id: UUID, n: int) -> float:
    load = partial(seconds, partial(live_case, by, case_id))
    floor = partial(seconds, partial(_floor, by, case_id))
    return paired(load, floor, n, "live case, plain SQL and json.dumps")


def _floor(by: Actor, case_id: UUID) -> int:
    tables = {}
    with connection.connection.cursor() as cursor:
        for table, columns, which in FLOOR:
            cursor.execute(f"select {columns} from {table} where {which}", {"case": str(case_id), "user": str(by.id)})
            tables[table] = cursor.fetchall()
    return len(json.dumps(tables, default=str))


def _project(state: State) -> None:
    small, big = (partial(_projecting, read_case(state.case(factor))) for factor in FACTORS)
    paired(big, small, 5, "projecting 4x and 1x, garbage collector on")
    with collector_off():
        say("project_4x_over_1x", paired(big, small, 9, "projecting 4x and 1x"), "ratio", 9)


def _projecting(snapshot: CaseSnapshot) -> float:
    """Processor seconds: the projection is pure."""
    lens = AudienceLens(snapshot.register, snapshot.audience("external_reviewer"))
    pages = Composer(snapshot, lens).pages
    return seconds(lambda: [to_json(page) for _, page in pages()], time.process_time)
