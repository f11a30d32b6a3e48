"""What the library's Python port does not do yet as the JavaScript one does, which made the steps. Pure."""

from __future__ import annotations

from prosemirror.model import Fragment, Slice
from prosemirror.model import Node as LibraryNode


def insert_at(into: Slice, position: int, fragment: Fragment) -> Slice | None:
    """`Slice.insertAt` of prosemirror-model 1.25: what a node may hold is asked of whole nodes only.

    A node that is open in a slice is a part of one: the rest of it comes from where the slice is put, and is checked there.
    """
    at = position + into.open_start
    content = _inserted(into.content, at, fragment, into.open_start + 1, into.open_end + 1, None)
    return None if content is None else Slice(content, into.open_start, into.open_end)


def _inserted(
    content: Fragment, at: int, fragment: Fragment, open_start: int, open_end: int, parent: LibraryNode | None
) -> Fragment | None:
    found = content.find_index(at)
    index, offset = found["index"], found["offset"]
    child = content.maybe_child(index)
    if offset == at or child is None or child.is_text:
        is_whole = parent is not None and open_start <= 0 and open_end <= 0
        if is_whole and parent is not None and not parent.can_replace(index, index, fragment):
            return None
        return content.cut(0, at).append(fragment).append(content.cut(at))
    is_first, is_last = index == 0, index == content.child_count - 1
    inside = (open_start - 1 if is_first else 0, open_end - 1 if is_last else 0)
    inner = _inserted(child.content, at - offset - 1, fragment, *inside, child)
    return None if inner is None else content.replace_child(index, child.copy(inner))
