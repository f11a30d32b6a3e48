"""The workshop, for uvicorn."""

import os

os.environ.setdefault("SITE", "workshop")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "safetycase.settings")

from django.core.asgi import get_asgi_application  # after SITE is said

application = get_asgi_application()
