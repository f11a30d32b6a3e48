"""Hears what all processes announce and tells the open streams of this one: one thread, one connection."""

from __future__ import annotations

import logging
import socket
import threading
import time
from collections.abc import Collection, Iterable
from uuid import UUID

import psycopg2
from django.conf import settings
from django.db import Error, connection

from cases.actions.presence import leave
from cases.loaders.listeners import still_allowed
from cases.loaders.presence import who_is_here
from cases.stream.events import GONE, HELLO, RESYNC, STILL_HERE, News, gathered, here
from cases.stream.notices import Notices
from cases.stream.subscriber import Subscriber

log = logging.getLogger(__name__)
GATHER = 0.02  # seconds: what is announced meanwhile is told in one round
HERE_EVERY = 0.3  # seconds between two lists of the people in one case
PAUSES = (0.1, 0.3, 1.0, 2.0)  # seconds, while the database is away


class Hub:
    """The streams of one process. `subscribe` and `unsubscribe` may be called from any thread, the rest is the hub's own."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._all: set[Subscriber] = set()
        self._left: list[Subscriber] = []
        self._thread: threading.Thread | None = None
        self._beat = 0.0
        self._due: dict[UUID, float] = {}  # cases whose people are to be told, and when
        self._told: dict[UUID, float] = {}

    def streams_of(self, user_id: UUID) -> int:
        """How many streams of somebody are open here."""
        with self._lock:
            return sum(one.who.user_id == user_id for one in self._all)

    def subscribe(self, subscriber: Subscriber) -> None:
        """From now on it is told; first `hello`, when nothing can be missed any more."""
        with self._lock:
            self._all.add(subscriber)
            if self._thread is None:
                self._begin()
        self._ring()

    def unsubscribe(self, subscriber: Subscriber) -> None:
        """It is told nothing more, and its tab is here no more."""
        with self._lock:
            self._all.discard(subscriber)
            self._left.append(subscriber)
        self._ring()

    def _begin(self) -> None:
        """With the first stream, so that a process which has none listens to nothing."""
        self._bell, self._ringer = socket.socketpair()
        self._bell.settimeout(0)
        self._ringer.settimeout(0)
        self._thread = threading.Thread(target=self._run, name="stream hub", daemon=True)
        self._thread.start()

    def _ring(self) -> None:
        try:
            self._ringer.send(b"!")
        except BlockingIOError:
            return  # it rings already

    def _run(self) -> None:
        failed = 0
        while True:
            try:
                with Notices() as notices:
                    failed = 0
                    self._missed_something()
                    while True:
                        self._round(notices.after(self._bell, self._next() - time.monotonic(), GATHER))
            except (Error, psycopg2.Error):
                log.warning("the database is away; the streams wait for it")
            except Exception:
                log.exception("the streams begin anew")
            self._keep_awake()
            time.sleep(PAUSES[min(failed, len(PAUSES) - 1)])
            failed += 1

    def _round(self, payloads: Iterable[str]) -> None:
        """Tell everybody concerned what happened, provided that they may still hear it."""
        news, now = gathered(payloads), time.monotonic()
        self._say_goodbye()
        for case_id in [scope for scope, found in news.items() if found.presence]:
            self._due.setdefault(case_id, max(now, self._told.get(case_id, 0.0) + HERE_EVERY))
        beats, due = now >= self._beat, {case_id for case_id, at in self._due.items() if at <= now}
        scopes = news.keys() | due
        concerned = [
            one
            for one in self._open()
            if beats or not one.greeted or one.who.case_id in scopes or one.who.user_id in scopes
        ]
        allowed = self._end_refused(concerned)
        self._tell(allowed, news, beats=beats)
        self._show_people(allowed, due, now, beats=beats)
        if beats:
            self._beat = now + settings.STREAM_HEARTBEAT

    def _end_refused(self, concerned: Collection[Subscriber]) -> list[Subscriber]:
        """Those who may go on; the others hear that they may not, and then nothing."""
        allowed = still_allowed({one.who for one in concerned}) if concerned else frozenset()
        for one in concerned:
            if one.who not in allowed:
                self.unsubscribe(one)
                one.end(GONE)
        return [one for one in concerned if one.who in allowed]

    def _tell(self, allowed: Iterable[Subscriber], news: dict[UUID, News], *, beats: bool) -> None:
        for one in allowed:
            said = news[one.who.case_id].events() if one.who.case_id in news else b""
            chunk = (b"" if one.greeted else HELLO) + said + (STILL_HERE if beats else b"")
            if chunk:
                one.offer(chunk)

    def _show_people(self, allowed: Collection[Subscriber], due: set[UUID], now: float, *, beats: bool) -> None:
        """Send the list to whoever has another one. On a heartbeat too: tabs that went silently have grown old."""
        asking = [one for one in allowed if beats or not one.greeted or one.who.case_id in due]
        rows = who_is_here({one.who.case_id for one in asking}) if asking else ()
        for one in asking:
            one.greeted = True
            shown = here(rows, one.who.case_id, one.who.tab)
            if shown != one.shown:
                one.shown = shown
                one.offer(shown)
        for case_id in due:
            del self._due[case_id]
            self._told[case_id] = now

    def _say_goodbye(self) -> None:
        """Take the tabs of closed streams off the lists, which all processes hear."""
        with self._lock:
            left, self._left = self._left, []
            open_tabs = {one.who.tab for one in self._all}
        for who in {one.who for one in left if one.who.tab not in open_tabs}:  # a page that reconnected is still there
            leave(by_id=who.user_id, case_id=who.case_id, tab=who.tab)

    def _missed_something(self) -> None:
        for one in self._open():
            if one.greeted:
                one.offer(RESYNC)

    def _keep_awake(self) -> None:
        """While nothing can be asked, nothing is told; proxies see that the streams are alive."""
        connection.close()
        if time.monotonic() >= self._beat:
            self._beat = time.monotonic() + settings.STREAM_HEARTBEAT
            for one in self._open():
                one.offer(STILL_HERE)

    def _open(self) -> list[Subscriber]:
        with self._lock:
            return list(self._all)

    def _next(self) -> float:
        return min([self._beat, *self._due.values()])


hub = Hub()
