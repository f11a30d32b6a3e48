"""A process of its own that reads pages, so many at once, and says how long each took. `python -m tests.bench.client`, job on stdin."""

from __future__ import annotations

import itertools
import json
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection, RemoteDisconnected


def reader(job: dict[str, object], numbers: Iterator[int]) -> list[float]:
    """One reader with one connection, who takes the next page until there are none."""
    paths, count = list(map(str, job["paths"])), int(str(job["count"]))  # type: ignore[call-overload]
    headers = {"Host": str(job["host"]), "Cookie": str(job["cookie"])}
    connection = HTTPConnection("127.0.0.1", int(str(job["port"])))
    took: list[float] = []
    for number in numbers:
        if number >= count:
            return took
        start = time.perf_counter()
        read(connection, paths[number % len(paths)], headers)
        took.append(time.perf_counter() - start)
    return took


def read(connection: HTTPConnection, path: str, headers: dict[str, str]) -> None:
    """One page that must be there. The server may have closed an idle connection: once more, then."""
    for attempt in range(2):
        try:
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            answer.read()
        except (RemoteDisconnected, BrokenPipeError, ConnectionResetError):
            connection.close()
            if attempt:
                raise
        else:
            assert answer.status == 200, (path, answer.status)
            return


def main() -> None:
    """Read everything; one line of JSON: seconds in all, and for each page."""
    job = json.load(sys.stdin)
    numbers, at_once = itertools.count(), int(job["at_once"])
    start = time.perf_counter()
    with ThreadPoolExecutor(at_once) as pool:
        readers = [pool.submit(reader, job, numbers) for _ in range(at_once)]
        took = [one for found in readers for one in found.result()]
    json.dump({"seconds": time.perf_counter() - start, "took": took}, sys.stdout)


if __name__ == "__main__":
    main()
