"""Case files for tests, from plain strings: `[[R-AAAA words]]` is marked, `{C-AAAA}` is a citation, a blank line ends a paragraph."""

from __future__ import annotations

import re
from typing import Any

Raw = dict[str, Any]
TOKEN = re.compile(r"\[\[(R-[2-9A-Z]+(?:,R-[2-9A-Z]+)*) (.*?)\]\]|\{([A-Z]-[2-9A-Z]+)\}", re.DOTALL)
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


def inline(words: str) -> list[Raw]:
    """Inline nodes of one paragraph."""
    out: list[Raw] = []
    position = 0
    for found in TOKEN.finditer(words):
        if found.start() > position:
            out.append({"type": "text", "text": words[position : found.start()]})
        if found[3]:
            out.append({"type": "citation", "attrs": {"ref": found[3]}})
        else:
            marks = [{"type": "redaction", "attrs": {"ref": ref}} for ref in sorted(found[1].split(","))]
            out.append({"type": "text", "text": found[2], "marks": marks})
        position = found.end()
    if position < len(words):
        out.append({"type": "text", "text": words[position:]})
    return out


def paragraphs(words: str) -> list[Raw]:
    """Paragraph nodes."""
    return [
        {"type": "paragraph", "content": inline(part)} if part else {"type": "paragraph"}
        for part in words.split("\n\n")
    ]


class CaseBuilder:
    """Collects objects; `file()` gives the case file. Text keys are counted, so that equal calls give equal keys."""

    def __init__(self, reference: str = "K-TEST") -> None:
        self._keys = 0
        self.file: Raw = {
            "format": "safetycase-case",
            "version": 3,
            "people": [{"key": "ada", "name": "Ada", "role": "Lead author", "named_outside": False}],
            "deciders": {},
            "audiences": [
                audience("full", "Full", outward=False, cleared=GROUNDS),
                audience("all_staff", "All staff", outward=False, cleared=[g for g in GROUNDS if g != "legal_duty"]),
                audience("external_reviewer", "External reviewer", outward=True, cleared=["security"], sees=["public"]),
                audience("public", "Public", outward=True, cleared=[]),
            ],
            "redactions": [],
            "files": [],
            "tags": [],
            "sections": [],
            "pathways": [],
            "claims": [],
            "supports": [],
            "evidence": [],
            "bearings": [],
            "assurances": [],
            "limitations": [],
            "terms": [],
        }
        self.file["case"] = {
            "reference": reference,
            "kind": "risk_report",
            "rehearsal": True,
            "title": self.line("Test report"),
            "subject": self.line("A model"),
            "banner": self.line(""),
            "predecessor": self.line(""),
            "conclusion": self.line("The risk is low, and not zero."),
            "scope": self.body("Sabotage."),
            "scope_out": self.body("Misuse."),
            "summary": self.body("The risk is low."),
            "contexts": ["internal"],
            "rating": "low",
            "confidence": "medium",
            "history": [],
            "evidence_cutoff": "2026-01-31",
            "coverage_date": None,
            "publication_date": None,
        }

    def key(self, seed: str = "a") -> str:
        """The next text key."""
        self._keys += 1
        digits, number = "", self._keys
        for _ in range(15):
            number, rest = divmod(number, len(ALPHABET))
            digits = ALPHABET[rest] + digits
        return f"t-{seed}{digits}"

    def line(self, words: str, key: str = "") -> Raw:
        """A line."""
        content = inline(words)
        return {"key": key or self.key(), "content": {"type": "doc", **({"content": content} if content else {})}}

    def body(self, words: str, key: str = "") -> Raw:
        """A body."""
        return {"key": key or self.key(), "content": {"type": "doc", "content": paragraphs(words)}}

    def redaction(self, ref: str, ground: str = "legal_duty", **changes: Any) -> None:
        """A redaction; `target` given as the file wants it."""
        usual: Raw = {
            "note": "Withheld by duty.",
            "reason": "private reason",
            "extent": "sentence",
            "state": "approved",
            "instead": {},
            "revealed_to": [],
            "bears_load": False,
            "decide_again": None,
            "target": None,
        }
        self.file["redactions"].append({"ref": ref, "ground": ground, **usual, **changes})

    def section(self, ref: str, title: str, body: str, **changes: Any) -> None:
        """A section."""
        self.file["sections"].append(
            {"ref": ref, "title": self.line(title), "body": self.body(body), "ready": True, **changes}
        )

    def pathway(self, ref: str, title: str, argument: str, **changes: Any) -> None:
        """A pathway."""
        words = {"title": title, "answer": "Because.", "action": "It acts."}
        texts = {name: self.line(changes.pop(name, text)) for name, text in words.items()}
        usual: Raw = {
            "context": "internal",
            "frequency": "rare",
            "complexity": "high",
            "reversibility": "costly",
            "rating": "very_low",
            "confidence": "medium",
            "ready": True,
            "history": [],
        }
        bodies = {"argument": self.body(argument), "reason": self.body(changes.pop("reason", ""))}
        self.file["pathways"].append({"ref": ref, **texts, **bodies, **usual, **changes})

    def claim(self, ref: str, statement: str, basis: str = "It was looked at.", **changes: Any) -> None:
        """A claim."""
        usual: Raw = {"kind": "control", "state": "supported", "grade": "moderate", "owner": None, "tags": []}
        words = {"statement": self.line(statement), "basis": self.body(basis)}
        words["assumptions"] = self.body(changes.pop("assumptions", ""))
        self.file["claims"].append({"ref": ref, **words, **usual, **changes})

    def support(self, ref: str, resting: str, to: str, reason: str = "It carries.", role: str = "load_bearing") -> None:
        """A support."""
        row = {"ref": ref, "from": resting, "to": to, "role": role, "reason": self.line(reason)}
        self.file["supports"].append(row)

    def evidence(self, ref: str, title: str, description: str = "Run once.", **changes: Any) -> None:
        """A piece of evidence."""
        usual: Raw = {
            "type": "evaluation",
            "as_of": "2026-01-15",
            "valid_until": None,
            "relied_on": True,
            "owner": None,
        }
        words = {"title": self.line(title), "description": self.body(description), "place": self.line("page 3")}
        words["conditions"] = self.body(changes.pop("conditions", ""))
        words["not_relied"] = self.line(changes.pop("not_relied", ""))
        self.file["evidence"].append({"ref": ref, **words, **usual, **changes})

    def bearing(self, ref: str, evidence: str, claim: str, place: str = "table 2", **changes: Any) -> None:
        """A bearing."""
        row = {"ref": ref, "evidence": evidence, "claim": claim, "direction": "for", "strength": "strong"}
        self.file["bearings"].append({**row, "place": self.line(place), **changes})

    def tag(self, ref: str, name: str) -> None:
        """A tag."""
        self.file["tags"].append({"ref": ref, "name": self.line(name)})

    def person(self, key: str, name: str, *, named_outside: bool) -> None:
        """Somebody named in the case."""
        self.file["people"].append({"key": key, "name": name, "role": "An owner", "named_outside": named_outside})

    def assurance(self, ref: str, statement: str, owner: str, **changes: Any) -> None:
        """An assurance."""
        usual: Raw = {"owner": owner, "given_on": "2026-01-20", "valid_until": None, "claim": None}
        self.file["assurances"].append({"ref": ref, "statement": self.body(statement), **usual, **changes})

    def limitation(self, ref: str, title: str, body: str) -> None:
        """A limitation."""
        self.file["limitations"].append({"ref": ref, "title": self.line(title), "body": self.body(body)})

    def term(self, ref: str, name: str, definition: str, *, tentative: bool = False) -> None:
        """A term."""
        one = {"ref": ref, "name": self.line(name), "definition": self.body(definition), "tentative": tentative}
        self.file["terms"].append(one)


GROUNDS = [
    "legal_duty",
    "third_party_confidence",
    "intellectual_property",
    "security",
    "public_safety",
    "privacy",
    "test_contamination",
    "not_yet_announced",
]


def audience(key: str, name: str, *, outward: bool, cleared: list[str], sees: list[str] | None = None) -> Raw:
    """An audience as the file wants it."""
    return {"key": key, "name": name, "outward": outward, "cleared": list(cleared), "sees_marks_of": sees or []}
