"""The product's settings, on a server of the tests' own, with what must be fast or silent in tests."""

import os
from pathlib import Path

# PostgreSQL run by root borrows another account, which can't enter a checkout below a private folder.
_home = Path("/var/lib/safetycase-tests") if os.geteuid() == 0 else Path(__file__).resolve().parents[1] / ".test-home"
os.environ.setdefault("SAFETYCASE_HOME", str(_home))

from safetycase.settings import *  # noqa: E402, F403  # after SAFETYCASE_HOME is said

# Two test runs may share the server: each process has a database of its own, named for it.
DATABASES["default"]["TEST"] = {"NAME": f"test_safetycase_{os.getpid()}"}  # noqa: F405
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
