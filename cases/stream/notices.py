"""PostgreSQL's notifications on this thread's own connection."""

from __future__ import annotations

import contextlib
import select
import socket
import time
from types import TracebackType

from django.db import connection
from psycopg2.extensions import connection as DriverConnection  # noqa: N812

from prose.announcing import CHANNEL


class Notices:
    """Listens inside the block. The same connection may be asked questions meanwhile: what comes with the answers is kept."""

    def __enter__(self) -> Notices:
        connection.close()
        with connection.cursor() as cursor:
            cursor.execute(f"listen {connection.ops.quote_name(CHANNEL)}")
        self._driver: DriverConnection = connection.connection
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        connection.close()

    def after(self, bell: socket.socket, longest: float, gather: float) -> list[str]:
        """Wait for a notification or for the bell, so many seconds at most; then gather for a moment what comes with it.

        Raises psycopg2.OperationalError when the server has gone.
        """
        if not self._driver.notifies:
            ready, _, _ = select.select([self._driver.fileno(), bell.fileno()], [], [], max(longest, 0))
            if ready:
                time.sleep(gather)
        with contextlib.suppress(BlockingIOError):
            while bell.recv(4096):
                pass
        self._driver.poll()
        payloads = [notice.payload for notice in self._driver.notifies]
        self._driver.notifies.clear()
        return payloads
