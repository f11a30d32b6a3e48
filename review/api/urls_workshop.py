"""The API of the workshop."""

from review.api.live import live_paths
from review.api.urls import shared_paths

urlpatterns = [*shared_paths(), *live_paths()]
