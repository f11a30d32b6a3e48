"""The reading room, for a server with threads."""

import os

os.environ.setdefault("SITE", "reading_room")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "safetycase.settings")

from django.core.wsgi import get_wsgi_application  # after SITE is said

application = get_wsgi_application()
