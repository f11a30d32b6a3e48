"""The workshop's addresses."""

from django.urls import path

from review.urls_pages import edition_paths
from review.views import editions, people, releases, workshop

CASE = "cases/<uuid:case_id>/"

urlpatterns = [
    path("", workshop.home, name="home"),
    path(CASE, workshop.live, name="live"),
    path(f"{CASE}register/", workshop.live, {"kind": "register"}, name="live_register"),
    path(f"{CASE}<kind:kind>/<ref:ref>/", workshop.live, name="live_page"),
    path(f"{CASE}as/<slug:audience>/", workshop.live, name="preview"),
    path(f"{CASE}as/<slug:audience>/register/", workshop.live, {"kind": "register"}, name="preview_register"),
    path(f"{CASE}as/<slug:audience>/<kind:kind>/<ref:ref>/", workshop.live, name="preview_page"),
    path(f"{CASE}redact/", workshop.redact, name="redact"),
    path(f"{CASE}redactions/", workshop.redactions, name="redactions"),
    path(f"{CASE}comments/", workshop.threads, name="threads"),
    path(f"{CASE}comments/<uuid:thread_id>/reply/", workshop.reply_to_thread, name="reply"),
    path(f"{CASE}people/", people.people, name="people"),
    path(f"{CASE}people/give/", people.give, name="give_access"),
    path(f"{CASE}people/<uuid:grant_id>/extend/", people.extend, name="extend_access"),
    path(f"{CASE}people/<uuid:grant_id>/revoke/", people.revoke, name="revoke_access"),
    path(f"{CASE}trail/", people.trail, name="trail"),
    path(f"{CASE}releases/", releases.releases, name="releases"),
    path(f"{CASE}releases/start/", releases.start, name="start_release"),
    path(f"{CASE}releases/<uuid:release_id>/", releases.release, name="release"),
    path(f"{CASE}releases/<uuid:release_id>/as/<slug:audience>/", releases.read, name="prepared"),
    path(f"{CASE}releases/<uuid:release_id>/as/<slug:audience>/<page:page>/", releases.read, name="prepared_page"),
    path(f"{CASE}releases/<uuid:release_id>/approve/", releases.approve, name="approve_release"),
    path(f"{CASE}releases/<uuid:release_id>/drop/", releases.drop, name="drop_release"),
    path(f"{CASE}releases/<uuid:release_id>/again/", releases.again, name="release_again"),
    path(f"{CASE}releases/<uuid:release_id>/settle/", releases.settle, name="settle_check"),
    path(f"{CASE}releases/<uuid:release_id>/redact/", releases.redact_there, name="redact_there"),
    path(f"{CASE}editions/<uuid:edition_id>/withdraw/", releases.withdraw, name="withdraw"),
    *edition_paths(editions.edition),
]
