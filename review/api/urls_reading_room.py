"""The API of the reading room."""

from django.urls import path

from review.api import threads
from review.api.urls import EDITION, shared_paths

urlpatterns = [
    *shared_paths(),
    path(f"{EDITION}threads/", threads.threads, name="api_threads"),
    path("threads/<uuid:thread_id>/comments/", threads.comments, name="api_comments"),
]
