"""Pairs of cases with one visible part: the visible words are drawn once, what is hidden twice.

Nothing is filtered and the rule is not asked.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from tests.case_builder import CaseBuilder
from tests.world import figure, pixels_of

# Three vocabularies, so that hidden words never stand readable elsewhere: the release check would hold such a case.
READABLE = ["monitor", "audit", "control", "évaluation", "drill", "access", "🔒"]
FOR_REVIEWERS = ["supplier", "Halden", "contract", "17%"]
INWARD = ["ledger", "rota", "pager", "🔔"]  # shown inside and nowhere else
SECRET = ["weights", "egress", "threshold", "model", "team", "vault", "🔑"]


def words_of(vocabulary: list[str]) -> st.SearchStrategy[str]:
    """A few words."""
    return st.lists(st.sampled_from(vocabulary), min_size=1, max_size=5).map(" ".join)


words, secrets = words_of(READABLE), words_of(SECRET)
# What fills a hole inside a block: it may run over blocks, and over spaces, punctuation and empty blocks between hidden words.
fillings = st.lists(secrets, min_size=1, max_size=4)
joints = st.sampled_from(["]]\n\n[[{r} ", "]], [[{r} ", "]]\n\n\n\n[[{r} ", " "])


@dataclass(frozen=True)
class Visible:
    """What the reviewers may know."""

    title: str
    before: str
    after: str
    argument: str
    statement: str
    note: str
    for_public: str


@dataclass(frozen=True)
class Hidden:
    """What they may not."""

    holes: tuple[str, ...]
    objects: tuple[tuple[str, str, int], ...]
    grade: str | None
    state: str
    rating: str | None
    masked: str
    reason: str
    dropped: int
    extra_grants: int
    inward: str


@st.composite
def visible(draw: st.DrawFn) -> Visible:
    """The low part."""
    return Visible(*(draw(words) for _ in range(6)), for_public=draw(words_of(FOR_REVIEWERS)))


@st.composite
def hole(draw: st.DrawFn) -> str:
    """Hidden content of one hole; `{r}` is the redaction."""
    parts = draw(fillings)
    joint = draw(joints)
    return "[[{r} " + joint.join(parts) + "]]"


@st.composite
def hidden(draw: st.DrawFn) -> Hidden:
    """One high part."""
    return Hidden(
        holes=tuple(draw(hole()) for _ in range(3)),
        objects=tuple(draw(st.lists(st.tuples(secrets, secrets, st.integers(0, 2)), max_size=3))),
        grade=draw(st.sampled_from(["strong", "moderate", "weak", None])),
        state=draw(st.sampled_from(["draft", "supported", "in_doubt", "unsupported"])),
        rating=draw(st.sampled_from(["negligible", "low", "high", None])),
        masked=draw(secrets),
        reason=draw(secrets),
        dropped=draw(st.integers(0, 2)),
        extra_grants=draw(st.integers(0, 3)),
        inward=draw(words_of(INWARD)),
    )


OMITTED = ("C-G222", "C-G333", "C-G444")


def build(low: Visible, high: Hidden) -> dict[str, Any]:
    """The case file."""
    case = CaseBuilder()
    seen = CaseBuilder("K-KEYS")
    seen.key = lambda seed="h": CaseBuilder.key(seen, "h")  # type: ignore[method-assign]  # keys of hidden texts don't count
    case.redaction("R-WRDS", note=low.note, reason=high.reason)
    case.redaction("R-PUBL", ground="security", reason=high.reason)
    case.redaction("R-GRAD", target={"kind": "attribute", "ref": "C-AAAA", "name": "grade"})
    case.redaction("R-RATE", target={"kind": "attribute", "ref": "P-AAAA", "name": "rating"})
    case.redaction("R-MASK", target={"kind": "object", "ref": "C-MASK", "how": "masked"})
    case.redaction("R-LNKS", target={"kind": "link", "ref": "L-BBBB"})
    holes = [text.replace("{r}", "R-WRDS") for text in high.holes]
    case.section("S-AAAA", low.title, f"{low.before} {holes[0]} {low.after}\n\n{holes[1]}\n\n{low.statement}")
    argument = f"{low.argument} [[R-PUBL {low.for_public}]] {holes[2]} {low.after} {{C-AAAA}}"
    case.pathway("P-AAAA", low.title, argument, rating=high.rating)
    case.claim("C-AAAA", low.statement, grade=high.grade)
    case.claim("C-BBBB", low.before)
    _masked(case, seen, high)
    case.support("L-AAAA", "P-AAAA", "C-AAAA")
    _hidden_link(case, seen, high)
    case.support("L-CCCC", "P-AAAA", "C-MASK", reason="")
    case.evidence("E-AAAA", low.title)
    case.bearing("B-AAAA", "E-AAAA", "C-AAAA")
    _omitted(case, seen, high)
    _inside_alone(case, seen, high)
    _figures(case, high)
    return case.file


SHOWN_PICTURE = "f-aaaaaaaaaaaaaaaa"
HIDDEN_PICTURES = tuple(f"f-{letter * 16}" for letter in "bcd")


def _figures(case: CaseBuilder, high: Hidden) -> None:
    """One run of one to three hidden figures before one that is shown; their pixels and alternative texts differ too."""
    blocks = case.file["sections"][0]["body"]["content"]["content"]
    for key in HIDDEN_PICTURES[: high.dropped + 1]:
        blocks.append(figure(key, high.masked, "R-WRDS"))
        case.file["files"].append({"key": key, "data": base64.b64encode(pixels_of(key + high.inward)).decode()})
    blocks.append(figure(SHOWN_PICTURE, "A picture"))
    case.file["files"].append({"key": SHOWN_PICTURE, "data": base64.b64encode(pixels_of(SHOWN_PICTURE)).decode()})


def _inside_alone(case: CaseBuilder, seen: CaseBuilder, high: Hidden) -> None:
    """What outside readers never learn: owners, hidden groups, unnamed assurances, rating history, readiness, dates."""
    case.person("bo", high.inward, named_outside=False)
    case.redaction("R-TAGS", target={"kind": "attribute", "ref": "C-AAAA", "name": "tags"})
    tags = [{"ref": f"G-{letter * 4}", "name": seen.line(high.masked)} for letter in "ABC"[: high.dropped]]
    case.file["tags"].extend(tags)
    claim = next(one for one in case.file["claims"] if one["ref"] == "C-AAAA")
    claim |= {"owner": "bo" if high.dropped else None, "tags": [tag["ref"] for tag in tags]}
    to = "C-AAAA" if high.dropped else None
    case.file["assurances"].append(
        {
            "ref": "A-AAAA",
            "statement": seen.body(high.inward),
            "owner": "bo",
            "given_on": f"2026-01-{high.extra_grants + 10}",
            "valid_until": None,
            "claim": to,
        }
    )
    change = {"on": "2026-01-02", "rating": high.rating, "confidence": None}
    changes = [{**change, "why": seen.line(high.reason)} for _ in range(high.dropped)]
    case.file["pathways"][0] |= {"history": changes, "ready": not high.dropped}
    case.file["redactions"][0]["decide_again"] = f"2027-01-{high.extra_grants + 10}"


def _masked(case: CaseBuilder, seen: CaseBuilder, high: Hidden) -> None:
    row = {"ref": "C-MASK", "statement": seen.line(high.masked), "basis": seen.body(high.masked)}
    row |= {"assumptions": seen.body(high.masked), "owner": None, "tags": []}
    case.file["claims"].append({**row, "kind": "security", "state": high.state, "grade": high.grade})


def _hidden_link(case: CaseBuilder, seen: CaseBuilder, high: Hidden) -> None:
    to = "C-BBBB" if len(high.masked) % 2 else "C-AAAA"
    row = {"ref": "L-BBBB", "from": "P-AAAA", "to": to, "role": "context", "reason": seen.line(high.masked)}
    case.file["supports"].append(row)


def _omitted(case: CaseBuilder, seen: CaseBuilder, high: Hidden) -> None:
    """Claims with supports and bearings that leave no trace, anywhere in the order."""
    for number, (statement, reason, place) in enumerate(high.objects):
        ref = OMITTED[number]
        case.redaction(
            f"R-G{number}GG".replace("0", "Z").replace("1", "Y"),
            target={"kind": "object", "ref": ref, "how": "omitted"},
        )
        row = {"ref": ref, "statement": seen.line(statement), "basis": seen.body(statement)}
        row |= {"assumptions": seen.body(statement), "owner": None, "tags": []}
        case.file["claims"].insert(place, {**row, "kind": "control", "state": high.state, "grade": None})
        support = {
            "ref": f"L-G{number + 2}GG",
            "from": "P-AAAA",
            "to": ref,
            "role": "load_bearing",
            "reason": seen.line(reason),
        }
        case.file["supports"].insert(place, support)
        bearing = {
            "ref": f"B-G{number + 2}GG",
            "evidence": "E-AAAA",
            "claim": ref,
            "direction": "for",
            "strength": "weak",
        }
        case.file["bearings"].append({**bearing, "place": seen.line(reason)})
