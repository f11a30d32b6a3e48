"""Steps that no editor sends: the kinds that the library takes or stumbles over, and mutations of honest ones."""

from __future__ import annotations

import json
from copy import deepcopy
from random import Random
from typing import Any

from prose.nodes import Json
from tests.prose.random_edits import random_document, random_steps
from tests.prose.test_marking import words

Raw = dict[str, Any]
TEXT = [words("x")]
SIZE = 35  # of the document below, in positions


def document() -> Raw:
    """`one 😀 two three` with `two` hidden, a heading, a rule, and a paragraph."""
    first = [words("one 😀 "), words("two", "R-AAAA"), words(" three")]
    return {
        "type": "doc",
        "content": [
            {"type": "paragraph", "content": first},
            {"type": "heading", "attrs": {"level": 2}, "content": [words("Four")]},
            {"type": "horizontal_rule"},
            {"type": "paragraph", "content": [words("five six")]},
        ],
    }


def put(*content: Any, start: int = 0, to: int = 0, **more: Any) -> Raw:
    return {"stepType": "replace", "from": start, "to": to, "slice": {"content": list(content), **more}}


def p(*content: Any, **more: Any) -> Raw:
    return {"type": "paragraph", "content": list(content) or TEXT, **more}


def mark(name: str, **attrs: Any) -> Raw:
    return {"type": name, **({"attrs": attrs} if attrs else {})}


def marking(name: str, start: int, to: int, kind: str = "addMark", **attrs: Any) -> Raw:
    return {"stepType": kind, "from": start, "to": to, "mark": mark(name, **attrs)}


def around(**more: Any) -> Raw:
    return {"stepType": "replaceAround", "from": 0, "to": 18, "gapFrom": 1, "gapTo": 17, "insert": 0, **more}


def attr(pos: Any, name: Any, value: Any) -> Raw:
    return {"stepType": "attr", "pos": pos, "attr": name, "value": value}


def nest(levels: int) -> Raw:
    inner = p()
    for _ in range(levels):
        inner = {"type": "blockquote", "content": [inner]}
    return inner


# Refused, each with a sentence.
HOSTILE: dict[str, Any] = {
    "unknown step type": {"stepType": "evil"},
    "step type that is no word": {"stepType": ["replace"]},
    "no step type": {"from": 1},
    "a list": [1],
    "a number": 3,
    "nothing": None,
    "a step as a string": json.dumps(put(p())),
    "from missing": {"stepType": "replace", "to": 1},
    "from a fraction": {"stepType": "replace", "from": 1.5, "to": 2},
    "from a bool": {"stepType": "replace", "from": True, "to": True, "slice": {"content": TEXT}},
    "from negative": {"stepType": "replace", "from": -5, "to": 0},
    "from after to": {"stepType": "replace", "from": 30, "to": 5},
    "beyond the end": {"stepType": "replace", "from": SIZE + 1, "to": SIZE + 9},
    "a huge position": {"stepType": "replace", "from": 10**30, "to": 10**30},
    "unknown key of a step": {**put(p()), "evil": 1},
    "unknown key of a slice": put(p(), evil=1),
    "structure that is no bool": {"stepType": "replace", "from": 1, "to": 1, "structure": "yes"},
    "unknown node": put({"type": "script"}),
    "unhashable node": put({"type": {}}),
    "unknown mark": put(p({"type": "text", "text": "x", "marks": [mark("onclick")]})),
    "unhashable mark": put(p({"type": "text", "text": "x", "marks": [{"type": []}]})),
    "marks that are no list": put(p({"type": "text", "text": "x", "marks": "em"})),
    "unknown key of a mark": put(p({"type": "text", "text": "x", "marks": [{"type": "em", "on": 1}]})),
    "unknown attribute of a mark": put(p({"type": "text", "text": "x", "marks": [mark("em", onload="x")]})),
    "a mark twice": put(p({"type": "text", "text": "x", "marks": [mark("em"), mark("em")]})),
    "list item in the document": put({"type": "list_item", "content": [p()]}),
    "paragraph in a paragraph": put(p(p())),
    "a document in the document": put({"type": "doc", "content": [p()]}),
    "a mark where none may stand": put(p(marks=[mark("em")])),
    "bar of an edition": put(p({"type": "withheld", "attrs": {"items": []}})),
    "open at the start too deep": put(p(), openStart=20),
    "open at the end too deep": put(p(), openEnd=20),
    "open deeper than any text": put(p(), openStart=50),
    "open at the start negative": put(p(), openStart=-3),
    "open into words": put(*TEXT, start=2, to=2, openStart=1, openEnd=1),
    "attribute missing": put(p({"type": "citation"})),
    "attribute of the wrong type": put({"type": "heading", "attrs": {"level": {"x": 1}}, "content": TEXT}),
    "attribute too high": put({"type": "heading", "attrs": {"level": 9}, "content": TEXT}),
    "extra attribute": put({"type": "heading", "attrs": {"level": 1, "onload": "x"}, "content": TEXT}),
    "attributes as a list": put({"type": "heading", "attrs": [1], "content": TEXT}),
    "citation of no reference": put(p({"type": "citation", "attrs": {"ref": "../x"}})),
    "picture from elsewhere": put(
        {"type": "figure", "content": [{"type": "image", "attrs": {"file": "https://x.example/", "alt": ""}}]}
    ),
    "picture of no key": put({"type": "figure", "content": [{"type": "image"}]}),
    "empty words": put(p({"type": "text", "text": ""})),
    "words that are none": put(p({"type": "text", "text": 5})),
    "words with content": put(p({"type": "text", "text": "x", "content": TEXT})),
    "words on a paragraph": put(p(text="lost")),
    "no node type": put({"content": TEXT}),
    "content as an object": put({"type": "paragraph", "content": {"a": 1}}),
    "content as a string": put({"type": "paragraph", "content": json.dumps(TEXT)}),
    "slice as a list": {"stepType": "replace", "from": 0, "to": 0, "slice": [1]},
    "slice as a string": {"stepType": "replace", "from": 0, "to": 0, "slice": json.dumps({"content": [p()]})},
    "redaction of no reference": marking("redaction", 2, 9, ref=5),
    "redaction without attributes": marking("redaction", 2, 9),
    "redaction of another case": put(p(words("x", "R-ZZZZ"))),
    "redaction on words that stood there": marking("redaction", 1, 4, ref="R-AAAA"),
    "redaction of another case on them": marking("redaction", 1, 4, ref="R-ZZZZ"),
    "redaction on nothing": marking("redaction", 1, 1, ref="R-AAAA"),
    "redaction on a block": {"stepType": "addNodeMark", "pos": 0, "mark": mark("redaction", ref="R-AAAA")},
    "redaction on a rule that stood there": {
        "stepType": "addNodeMark",
        "pos": 24,
        "mark": mark("redaction", ref="R-AAAA"),
    },
    "hidden words around words that stood there": around(
        slice={"content": [{"type": "heading", "attrs": {"level": 2}, "marks": [mark("redaction", ref="R-AAAA")]}]},
        insert=1,
    ),
    "redaction taken off": marking("redaction", 8, 11, "removeMark", ref="R-AAAA"),
    "redaction taken off a node": {
        "stepType": "removeNodeMark",
        "pos": 8,
        "mark": mark("redaction", ref="R-AAAA"),
    },
    "mark beyond the end": marking("strong", SIZE + 50, SIZE + 60),
    "mark on a block": {"stepType": "addNodeMark", "pos": 0, "mark": mark("strong")},
    "mark on no node": {"stepType": "addNodeMark", "pos": SIZE, "mark": mark("strong")},
    "mark as a string": {"stepType": "addMark", "from": 2, "to": 4, "mark": "strong"},
    "mark missing": {"stepType": "addMark", "from": 2, "to": 4},
    "attribute step of the wrong type": attr(18, "level", {"a": 1}),
    "attribute step with a bool": attr(18, "level", True),
    "attribute step of no attribute": attr(18, "onclick", "x"),
    "attribute step where it has none": attr(0, "level", 2),
    "attribute step on no node": attr(SIZE, "level", 1),
    "attribute step that is no word": attr(18, ["level"], 1),
    "attribute step on words": attr(2, "ref", "C-AAAA"),
    "step on the document": {"stepType": "docAttr", "attr": "x", "value": 1},
    "gap the wrong way round": around(gapFrom=9, gapTo=2),
    "gap outside": around(to=15),
    "around beyond the end": around(to=SIZE + 9, gapTo=SIZE + 9),
    "gap outside of its slice": around(insert=7),
    "gap without an insert": {key: value for key, value in around().items() if key != "insert"},
    "gap that nothing closes": around(slice={"content": [{"type": "horizontal_rule"}]}, insert=1),
    "link that runs": marking("link", 1, 4, href="javascript:alert(1)"),
    "link that runs, in a slice": put(
        p({"type": "text", "text": "x", "marks": [mark("link", href="data:text/html,x")]})
    ),
    "half a character": put(p({"type": "text", "text": "\ud83d"})),
    "half a character in a link": marking("link", 1, 4, href="https://x.example/\ud83d"),
    "a character cut in half": {"stepType": "replace", "from": 6, "to": 7},
    "NUL": put(p({"type": "text", "text": "a\x00b"})),
    "NUL in an attribute": put(p({"type": "formula", "attrs": {"tex": "\x00"}})),
    "nested 50 deep": put(nest(50)),
    "nested 400 deep": put(nest(400)),
    "nested 5000 deep": put(nest(5000)),
    "row in a row": put({"type": "table", "content": [{"type": "table_row", "content": [{"type": "table_row"}]}]}),
    "everything deleted": {"stepType": "replace", "from": 0, "to": SIZE},
    "more words than a text has": put(p({"type": "text", "text": "x" * 200_001})),
}
LISTS: dict[str, Any] = {
    "no list": {"0": put(p())},
    "a string": json.dumps([put(p())]),
    "nothing": None,
    "an empty list": [],
    "too many": [put(p())] * 501,
    "nested deeper with every step": [put(nest(20), start=at, to=at) for at in (0, 20, 40)],
    "a good one and a bad one": [put(p()), {"stepType": "evil"}],
}


JUNK: tuple[Any, ...] = (
    None, True, False, -1, 0, 1, 2, 3, 7, 10**12, 1.5, float("nan"), "", "x", "R-AAAA", "R-AAA", "R-ZZZZ", "\x00", "\ud800", "😀",
    "javascript:alert(1)", "https://x.example", "redaction", "replace", "addMark", "removeMark", "attr", "text", "doc", "paragraph",
    [], {}, [{}], [[]], {"type": "text", "text": "y"}, {"type": "redaction", "attrs": {"ref": "R-AAA"}}, {"type": "em"},
    {"type": "paragraph"}, {"type": "horizontal_rule", "marks": [{"type": "redaction", "attrs": {"ref": "R-BBB"}}]},
)  # fmt: skip
KEYS = ("from", "to", "pos", "gapFrom", "gapTo", "insert", "slice", "content", "marks", "attrs", "mark", "type", "text", "ref",
        "openStart", "openEnd", "structure", "stepType", "attr", "value", "level", "evil", "__proto__")  # fmt: skip


def mutation(seed: int) -> tuple[Any, Json]:
    """A document, and an honest batch for it with one to three things in it changed."""
    dice = Random(seed)
    document = random_document(dice, containers=dice.random() < 0.3)
    steps: Any = [step.to_json() for step in random_steps(dice, document, 3)] or [put(p())]
    steps = json.loads(json.dumps(steps))
    steps += [
        marking("redaction", 0, 9, kind, ref="R-AAA") for kind in ("addMark", "removeMark") if dice.random() < 0.1
    ]
    for _ in range(dice.randint(1, 3)):
        _mutate(dice, steps)
    return document, steps


def _mutate(dice: Random, steps: Any) -> None:
    holders = [steps]
    for one in holders:
        holders += [
            value for value in (one.values() if isinstance(one, dict) else one) if isinstance(value, dict | list)
        ]
    holder = dice.choice(holders)
    if isinstance(holder, dict):
        key = dice.choice((*holder, dice.choice(KEYS)))
        if dice.random() < 0.2:
            holder.pop(key, None)
        elif type(holder.get(key)) is int and dice.random() < 0.7:
            holder[key] += dice.choice((-9, -2, -1, 1, 2, 9))
        else:
            holder[key] = deepcopy(dice.choice(JUNK))
    elif holder and dice.random() < 0.5:
        holder[dice.randrange(len(holder))] = deepcopy(dice.choice(JUNK))
    else:
        holder.insert(dice.randint(0, len(holder)), deepcopy(dice.choice((dice.choice(JUNK), *holder))))
