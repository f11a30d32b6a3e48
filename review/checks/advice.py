"""What to do about a finding, in words, by kind."""

from __future__ import annotations

from collections.abc import Mapping

from review.checks.findings import FindingKind

ADVICE: Mapping[FindingKind, str] = {
    FindingKind.UNKNOWN_REDACTION: "Select the words and redact them anew.",
    FindingKind.UNEXPLAINED_REDACTION: "Write what is missing in the register of redactions.",
    FindingKind.CITES_OMITTED: "Take the citation out, hide it, or release what it cites.",
    FindingKind.NO_STATEMENT: "Write the statement.",
    FindingKind.STATEMENT_DIFFERS: "Write the statement anew.",
    FindingKind.MISSING_FILE: "Add the file, or take the figure out of the text.",
    FindingKind.KEPT_PAGE: "Start the amendment again with this part chosen.",
    FindingKind.QUOTE: "Hide the words there too, or say why they are not the same.",
    FindingKind.TERM: "Hide the words there too, or say why they are not the same.",
    FindingKind.SHORT: "Hide the words there too, or say why they are not the same.",
    FindingKind.LOST: "Whoever kept the last edition can compare: think of what the bar now points at.",
    FindingKind.UNEVEN: "Hide the words from both, or reveal them to both.",
    FindingKind.UNDECIDED: "Have the decider of its ground approve, narrow or lift it.",
    FindingKind.DECIDE_AGAIN: "Have the decider of its ground decide again, or set a later day.",
    FindingKind.UNSEEN_LOAD: "Reveal it to an audience outside, or say why the argument stands without.",
    FindingKind.NOT_READY: "Call it ready, or leave it out of the release.",
    FindingKind.NOT_RATED: "Write what is missing.",
    FindingKind.BARE: "Name what it rests on, or call it a draft.",
    FindingKind.SHAKY: "Support the claim, or change what rests on it.",
    FindingKind.WEAK_EVIDENCE: "Renew the evidence, or say why the argument stands with it.",
    FindingKind.UNOWNED: "Name somebody who answers for it.",
    FindingKind.MENTIONED_ONLY: "Link it, or take it as said in passing.",
    FindingKind.LINKED_ONLY: "Say in the argument what it is needed for, or take the link away.",
    FindingKind.DOUBTED: "Answer it, or have a manager who did not raise it accept it as residual.",
    FindingKind.UNNAMED: "Have its owner agree to be named outside, or release without it.",
}
