"""The worker and the beat. Rows in the database are the truth: a sweep looks for those whose message was lost."""

from __future__ import annotations

import os
import warnings
from pathlib import Path

from celery import Celery
from celery.signals import after_task_publish, beat_init, heartbeat_sent, worker_ready
from django.conf import settings

from safetycase.healthcheck import show_life

if not settings.configured:  # the worker itself; in every other process SITE has been said
    os.environ.setdefault("SITE", "worker")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "safetycase.settings")
SWEEP = "review.tasks.sweep_releases"

if os.geteuid() == 0:
    # The demo may run as root in a container; what it runs is our own code on our own data.
    warnings.filterwarnings("ignore", message="You're running the worker with superuser privileges")

app = Celery("safetycase")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
for name in ("data_folder_in", "processed_folder", "control_folder"):
    if name in app.conf.broker_transport_options:
        Path(app.conf.broker_transport_options[name]).mkdir(mode=0o700, parents=True, exist_ok=True)


@worker_ready.connect
@beat_init.connect
def sweep_at_once(**_: object) -> None:
    """Wake what waited while there was no worker, or no beat."""
    app.send_task(SWEEP)


@heartbeat_sent.connect
def show_that_the_worker_lives(**_: object) -> None:
    """Sent every two seconds while the worker's loop runs and is connected to the broker."""
    show_life("worker")


@after_task_publish.connect
def show_that_the_beat_lives(**_: object) -> None:
    """The broker has taken a message."""
    if settings.SITE == "beat":
        show_life("beat")
