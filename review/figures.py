"""Which figures a page shows. Pure: an image that the rule withheld is no longer in the document, so its file is not named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from prose.shown import ShownText
from review.projection.walking import all_in


def shown_files(pages: Iterable[object]) -> frozenset[str]:
    """The keys of the files that finished pages show."""
    found: set[str] = set()
    looked_at: set[str] = set()
    for text in shown_texts(tuple(pages)):
        if text.key not in looked_at:
            looked_at.add(text.key)
            found.update(str(leaf.attrs.get("file")) for leaf in text.document.leaves() if leaf.type == "image")
    return frozenset(found)


def shown_texts(part: object) -> Iterator[ShownText]:
    """Every text of finished pages, as often as it stands there."""
    return all_in(part, ShownText)
