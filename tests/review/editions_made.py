"""Stored parts of small editions, written by hand and drawn at random: what `compare` reads, without a database."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

Raw = dict[str, Any]


def doc(*blocks: str | list[Any]) -> Raw:
    """Paragraphs of words; a list mixes words and bars."""
    return {"type": "doc", "content": [{"type": "paragraph", "content": _inline(block)} for block in blocks]}


def _inline(block: str | list[Any]) -> list[Raw]:
    pieces = [block] if isinstance(block, str) else block
    return [{"type": "text", "text": piece} if isinstance(piece, str) else piece for piece in pieces]


def bar(*refs: str, note: str = "") -> Raw:
    """A placeholder in words."""
    return {"type": "withheld", "attrs": {"items": items(*refs, note=note)}}


def items(*refs: str, note: str = "") -> list[Raw]:
    """What a bar says."""
    return [{"ref": ref, "ground": "security", "note": note, "extent": "name", "instead": ""} for ref in refs]


def text(key: str, *blocks: str | list[Any]) -> Raw:
    """A shown text."""
    return {"text": key, "content": doc(*blocks)}


def shown(value: Any) -> Raw:
    """A shown attribute."""
    return {"value": value, "marked": []}


def claim(ref: str, *statement: str | list[Any], grade: Any = None) -> Raw:
    """An open claim, as it stands on every page that shows it."""
    return {
        "part": "ClaimPart",
        "ref": ref,
        "statement": text(f"t-{ref}", *(statement or ("It holds.",))),
        "basis": text(f"t-{ref}-basis", "It was looked at."),
        "grade": grade or shown("moderate"),
    }


def masked(ref: str, *refs: str) -> Raw:
    """A masked claim."""
    return {"part": "MaskedPart", "ref": ref, "mask": {"withheld": items(*refs)}}


def edition(*claims: Raw, argument: Raw | None = None, title: str = "Leaks", links: tuple[Raw, ...] = ()) -> Raw:
    """Front, one pathway that rests on every claim, a page for each claim, the register."""
    pathway = {
        "part": "PathwayPart",
        "ref": "P-AAAA",
        "title": text("t-title", title),
        "argument": {"text": "t-argument", "content": argument or doc("Words.")},
        "rating": shown("low"),
    }
    supports = [_support(one) for one in claims]
    row = {"part": "RailRow", "ref": "P-AAAA", "title": pathway["title"], "mask": None, "rating": pathway["rating"]}
    parts: Raw = {
        "front": {"part": "FrontPage", "rail": {"part": "Rail", "pathways": [row]}, "claims": len(claims)},
        "pathways/P-AAAA": {"part": "PathwayPage", "pathway": pathway, "rests_on": [*supports, *links], "number": 1},
        "register": {"part": "RegisterPage", "claims": list(claims)},
    }
    for one in claims:
        parts[f"claims/{one['ref']}"] = {"part": "ClaimPage", "claim": one, "carries": [_resting(pathway, one)]}
    return parts


def _support(one: Raw) -> Raw:
    if one["part"] == "MaskedPart":
        return one
    reason = text(f"t-why-{one['ref']}", "The step holds.")
    return {"part": "SupportPart", "role": shown("load_bearing"), "reason": reason, "claim": one}


def _resting(pathway: Raw, one: Raw) -> Raw:
    role = shown("load_bearing")
    return {"part": "RestingRow", "ref": "P-AAAA", "title": pathway["title"], "role": role, "rating": pathway["rating"]}


REFS = ("C-AAAA", "C-BBBB", "C-CCCC", "C-DDDD")
WORDS = st.sampled_from(("the", "model", "weights", "are", "read", "by", "two", "people", "only", ".", "C-AAAA", "’s"))
PIECES = st.one_of(
    st.lists(WORDS, min_size=1, max_size=8).map(" ".join), st.sampled_from(("R-AAAA", "R-BBBB")).map(bar)
)
BLOCKS = st.lists(st.lists(PIECES, max_size=4), max_size=4)


@st.composite
def editions(draw: st.DrawFn) -> Raw:
    """Any edition."""
    refs = draw(st.lists(st.sampled_from(REFS), unique=True).map(sorted))
    grades = st.sampled_from((shown("weak"), shown(None), {"withheld": items("R-GRAD")}))
    claims = [
        masked(ref, "R-MASK") if draw(st.booleans()) else claim(ref, *draw(BLOCKS), grade=draw(grades)) for ref in refs
    ]
    link = {"part": "MaskedLink", "mask": {"withheld": items("R-LINK")}}
    argument = doc(*draw(BLOCKS))
    return edition(*claims, argument=argument, links=draw(st.sampled_from(((), (link,), (link, link)))))
