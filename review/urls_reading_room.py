"""The reading room's addresses."""

from django.urls import include, path

from review.urls_pages import edition_paths
from review.views import editions, finding, published

urlpatterns = [
    path("api/", include("review.api.urls_reading_room")),
    path("", editions.home, name="home"),
    path("published/", published.everything, name="published_list"),
    path("published/<slug:address>/", published.page, name="published"),
    path("published/<slug:address>/changes/", published.changes, name="published_changes"),
    path("published/<slug:address>/find/", published.find, name="published_find"),
    path("published/<slug:address>/<page:page>/", published.page, name="published_page"),
    path("published/<slug:address>/pictures/<figure:key>", published.figure, name="published_figure"),
    *edition_paths(editions.edition, editions.figure),
    path("editions/<uuid:edition_id>/find/", finding.find, name="find_in_edition"),
    path("editions/<uuid:edition_id>/comments/", editions.say, name="say"),
    path("comments/<uuid:thread_id>/", editions.go_on, name="go_on"),
]
