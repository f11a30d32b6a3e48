"""The worker. Rows in the database are the truth: it also looks for those whose message was lost."""

from __future__ import annotations

import os
import threading
import time
import warnings
from pathlib import Path

from celery import Celery
from celery.signals import worker_ready
from django.conf import settings

if not settings.configured:  # the worker itself; in every other process SITE has been said
    os.environ.setdefault("SITE", "worker")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "safetycase.settings")
SWEEP_SECONDS = 30

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
def start_sweeping(**_: object) -> None:
    """Wake what waits, now and then."""
    threading.Thread(target=_sweep_for_ever, daemon=True).start()


def _sweep_for_ever() -> None:
    while True:
        app.send_task("review.tasks.sweep_releases")
        time.sleep(SWEEP_SECONDS)
