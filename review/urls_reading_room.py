"""The reading room's addresses."""

from django.urls import path

from review.urls_pages import edition_paths
from review.views import editions

urlpatterns = [
    path("", editions.home, name="home"),
    *edition_paths(editions.edition),
    path("editions/<uuid:edition_id>/comments/", editions.say, name="say"),
    path("comments/<uuid:thread_id>/", editions.go_on, name="go_on"),
]
