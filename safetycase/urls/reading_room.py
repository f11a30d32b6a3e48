"""The addresses of the reading room."""

from django.urls import include, path

from safetycase.urls import SHARED

urlpatterns = [*SHARED, path("", include("review.urls_reading_room"))]
handler404 = "cases.doors.not_found"
handler500 = "safetycase.urls.server_error"
