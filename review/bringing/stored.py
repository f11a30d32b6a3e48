"""A draft as bytes and back: what waits to be placed is what was read, never the file that somebody brought."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from prose.nodes import node_from_json, node_to_json
from review.bringing.draft import Block, BlockKind, Comment, Draft, Format, Hiding, Listed, Said

Raw = Mapping[str, Any]


def packed(draft: Draft) -> bytes:
    """The draft as bytes."""
    raw = {
        "format": draft.format,
        "blocks": [
            [one.at, one.kind, node_to_json(one.node), one.level, one.label, dict(one.says)] for one in draft.blocks
        ],
        "unread": [asdict(one) for one in draft.unread],
        "noticed": [asdict(one) for one in draft.noticed],
        "comments": [asdict(one) for one in draft.comments],
        "pictures": {key: base64.b64encode(pixels).decode("ascii") for key, pixels in draft.pictures.items()},
        "hidings": [asdict(one) for one in draft.hidings],
        "says": dict(draft.says),
    }
    return json.dumps(raw, ensure_ascii=False).encode()


def unpacked(data: bytes) -> Draft:
    """The draft again."""
    raw: Raw = json.loads(data)
    return Draft(
        format=Format(raw["format"]),
        blocks=tuple(
            Block(at, BlockKind(kind), node_from_json(node), level, label, says)
            for at, kind, node, level, label, says in raw["blocks"]
        ),
        unread=tuple(Listed(**one) for one in raw["unread"]),
        noticed=tuple(Listed(**one) for one in raw["noticed"]),
        comments=tuple(_comment(one) for one in raw["comments"]),
        pictures={key: base64.b64decode(pixels) for key, pixels in raw["pictures"].items()},
        hidings=tuple(Hiding(**one) for one in raw["hidings"]),
        says=raw["says"],
    )


def _comment(raw: Raw) -> Comment:
    return Comment(raw["key"], tuple(Said(**one) for one in raw["said"]), raw["resolved"])
