"""Finding something that rests on itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator


def first_cycle(links: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """A round of names that begins and ends with the same one, or nothing. Without recursion: a file may chain any number."""
    after: dict[str, list[str]] = {}
    for start, end in links:
        after.setdefault(start, []).append(end)
    done: set[str] = set()
    for start in after:
        if start not in done and (cycle := _cycle_from(start, after, done)):
            return cycle
    return ()


def _cycle_from(start: str, after: dict[str, list[str]], done: set[str]) -> tuple[str, ...]:
    path = [start]
    on_path = {start}
    open_ends: list[Iterator[str]] = [iter(after.get(start, ()))]
    while path:
        following = next(open_ends[-1], None)
        if following is None:
            open_ends.pop()
            on_path.discard(path[-1])
            done.add(path.pop())
        elif following in on_path:
            return (*path[path.index(following) :], following)
        elif following not in done:
            path.append(following)
            on_path.add(following)
            open_ends.append(iter(after.get(following, ())))
    return ()
