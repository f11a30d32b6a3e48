"""A case file tells what stands. What the case still says of retired parts is told so that the file can be read again."""

from __future__ import annotations

from collections.abc import Iterator

from prose.content import normalised
from prose.nodes import Json, Node, node_from_json, node_to_json

Object = dict[str, Json]
LISTS = (
    "tags", "sections", "pathways", "claims", "supports", "evidence", "bearings", "assurances", "limitations", "terms",
)  # fmt: skip


def only_standing(file: Object, reference: str) -> Object:
    """The same file, in which nothing leads to what is not in it.

    A citation of something retired becomes its reference as plain words, hidden as the citation was. A redaction of something
    retired is left out, unless words are marked with it: then it is one of words.
    """
    there = {reference} | {str(one["ref"]) for name in LISTS for one in _objects(file.get(name))}
    marked: set[str] = set()
    found = {name: _told(value, there, marked) for name, value in file.items()}
    found["redactions"] = [*_redactions(_objects(file["redactions"]), there, marked)]
    found["assurances"] = [
        {**one, "claim": one["claim"] if one["claim"] in there else None} for one in _objects(found["assurances"])
    ]
    return found


def _objects(value: Json) -> Iterator[Object]:
    return (one for one in (value if isinstance(value, list) else ()) if isinstance(one, dict))


def _told(value: Json, there: set[str], marked: set[str]) -> Json:
    """The value with its texts told anew; `marked` gathers the redactions that lie on any of them."""
    if isinstance(value, list):
        return [_told(one, there, marked) for one in value]
    if not isinstance(value, dict):
        return value
    if set(value) == {"key", "content"} and isinstance(value["content"], dict):
        document = node_from_json(value["content"])
        _gather(document, marked)
        if not any(_leads_nowhere(leaf, there) for leaf in document.leaves()):
            return value
        return {"key": value["key"], "content": node_to_json(normalised(_plain(document, there)))}
    return {name: _told(one, there, marked) for name, one in value.items()}


def _gather(node: Node, marked: set[str]) -> None:
    marked |= node.refs()
    for child in node.content:
        _gather(child, marked)


def _leads_nowhere(leaf: Node, there: set[str]) -> bool:
    return leaf.type == "citation" and str(leaf.attrs.get("ref")) not in there


def _plain(node: Node, there: set[str]) -> Node:
    if _leads_nowhere(node, there):
        return Node("text", marks=node.marks, text=str(node.attrs.get("ref")))
    if not node.content:
        return node
    return Node(node.type, node.attrs, tuple(_plain(child, there) for child in node.content), node.marks, node.text)


def _redactions(rows: Iterator[Object], there: set[str], marked: set[str]) -> Iterator[Object]:
    for one in rows:
        target = one["target"]
        if not isinstance(target, dict) or target["ref"] in there:
            yield one
        elif one["ref"] in marked:
            yield {**one, "target": None}
