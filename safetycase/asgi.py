"""The workshop, for uvicorn."""

import os

os.environ.setdefault("SITE", "workshop")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "safetycase.settings")

from safetycase.handler import made_ready  # after SITE is said

application = made_ready()
