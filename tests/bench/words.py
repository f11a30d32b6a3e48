"""Words without meaning, the same in every run: English enough that texts have the length and repetition of a report's."""

from __future__ import annotations

from pathlib import Path
from random import Random

COMMON = Path(__file__).parents[2] / "review" / "checks" / "common_words.txt"
_OF_REPORTS = """
access account adversary agent alignment alert analysis anomaly approval argument artefact assurance attacker attempt audit autonomy
backdoor baseline behaviour benchmark boundary budget capability checkpoint classifier cluster code commit compromise compute concern
confidence consent container context contractor control copy coverage credential damage dataset deception defence delay deployment
detection developer deviation disclosure distribution domain drift drill egress elicitation employee endpoint engineer escalation
estimate evaluation evasion exfiltration experiment exploit failure feature filter finding firewall gap goal guard harm honesty incident
inference infrastructure insider instance instruction integrity intent interface intrusion investigation isolation judgement kernel key
latency leak ledger library limit log loop margin measure memory message method mitigation model monitor motive network node objective
operator outage oversight package parameter pattern permission persistence phase pipeline planning policy power privilege probe process
product prompt proof protocol provenance proxy quota rate reasoning recovery red release reliability report request researcher resource
response restriction review reward risk role rollback rollout routine sabotage safeguard sample sandbox scale scenario schedule scheming
scope secret segment sensor sequence server session signal simulation source stage standard storage strategy subversion supplier survey
suspicion target team telemetry test threat threshold token tool trace traffic training transcript trend trigger trust usage validation
variant vendor version visibility vulnerability weakness weight window workflow workload workstation
"""
OF_REPORTS = _OF_REPORTS.split()
SYLLABLES = [
    "ba",
    "ce",
    "di",
    "fo",
    "gu",
    "la",
    "me",
    "ni",
    "po",
    "ru",
    "sa",
    "te",
    "vi",
    "wo",
    "zu",
    "bra",
    "cle",
    "dri",
    "flo",
    "gru",
]


class Words:
    """A stream of words; one seed, one stream."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)
        lines = COMMON.read_text(encoding="utf-8").splitlines()
        self._common = [line for line in lines if line.isalpha() and len(line) > 1]

    def pick(self, options: list[str]) -> str:
        """One of them."""
        return options[int(self._random.random() * len(options))]

    def some(self, count: int) -> str:
        """That many words, about half of them common."""
        return " ".join(self.pick(self._common if self._random.random() < 0.5 else OF_REPORTS) for _ in range(count))

    def line(self, count: int) -> str:
        """A short sentence without its full stop."""
        return self.some(count).capitalize()

    def sentences(self, count: int) -> list[str]:
        """Sentences of eight to thirty words, `count` words in all."""
        made: list[str] = []
        while count > 0:
            length = min(8 + int(self._random.random() * 23), count)
            made.append(f"{self.some(length)}.".capitalize())
            count -= length
        return made


def secret_words(number: int) -> str:
    """What redaction `number` hides: invented words that stand nowhere else, so that the release check finds no quote."""
    invented = ["".join(SYLLABLES[(number // 20**place + 7 * word) % 20] for place in range(3)) for word in range(6)]
    return f"only {100_003 + number} of the {' '.join(invented[:3])} kept {' '.join(invented[3:])}"
