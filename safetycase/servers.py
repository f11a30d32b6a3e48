"""The programs that make Safetycase run, as commands. The demo, the tests and the containers start the same ones."""

from __future__ import annotations

THREADS = 8


def database() -> list[str]:
    """Holds the embedded server until it is ended; says `ready`."""
    return ["-m", "safetycase.hold_database"]


def workshop(port: int, host: str = "127.0.0.1") -> list[str]:
    """ASGI; ends within three seconds though streams are open."""
    options = ["--host", host, "--port", str(port), "--log-level", "warning", "--timeout-graceful-shutdown", "3"]
    return ["-m", "uvicorn", "safetycase.asgi:application", "--lifespan", "off", "--no-server-header", *options]


def reading_room(port: int, host: str = "127.0.0.1", workers: int = 1) -> list[str]:
    """WSGI threads, each with one persistent database connection."""
    options = [
        "--bind",
        f"{host}:{port}",
        "--workers",
        str(workers),
        "--threads",
        str(THREADS),
        "--log-level",
        "warning",
        "--no-control-socket",
    ]
    return ["-m", "gunicorn", "safetycase.wsgi:application", "--worker-class", "gthread", *options]


def worker() -> list[str]:
    """One worker."""
    options = ["--pool", "solo", "--concurrency", "1", "--without-gossip", "--without-mingle", "--loglevel", "WARNING"]
    return ["-m", "celery", "--app", "safetycase.celery", "worker", *options]


def beat() -> list[str]:
    """Keeps the time of the sweep, in memory: an interval needs no file."""
    options = ["--scheduler", "celery.beat:Scheduler", "--loglevel", "WARNING"]
    return ["-m", "celery", "--app", "safetycase.celery", "beat", *options]
