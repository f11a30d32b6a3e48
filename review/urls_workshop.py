"""The workshop's addresses."""

from django.urls import include, path

from review.urls_pages import edition_paths
from review.views import (
    amending,
    checking,
    editions,
    figures,
    finding,
    people,
    previews,
    publishing,
    reading_releases,
    redactions,
    releases,
    workshop,
)

CASE = "cases/<uuid:case_id>/"

urlpatterns = [
    path("api/", include("review.api.urls_workshop")),
    path("", workshop.home, name="home"),
    path(CASE, workshop.live, name="live"),
    path(f"{CASE}<list:kind>/", workshop.live, name="live_list"),
    path(f"{CASE}<kind:kind>/<ref:ref>/", workshop.live, name="live_page"),
    path(f"{CASE}find/", previews.find, name="find"),
    path(f"{CASE}compare/", previews.compare, name="compare"),
    path(f"{CASE}as/<slug:audience>/", workshop.live, name="preview"),
    path(f"{CASE}as/<slug:audience>/differences/", previews.differences, name="preview_differences"),
    path(f"{CASE}as/<slug:audience>/<list:kind>/", workshop.live, name="preview_list"),
    path(f"{CASE}as/<slug:audience>/<kind:kind>/<ref:ref>/", workshop.live, name="preview_page"),
    path(f"{CASE}pictures/<figure:key>", figures.live, name="live_figure"),
    path(f"{CASE}as/<slug:audience>/pictures/<figure:key>", figures.live, name="preview_figure"),
    path(f"{CASE}redact/", workshop.redact, name="redact"),
    path(f"{CASE}redactions/", redactions.redactions, name="redactions"),
    path(f"{CASE}redactions/<ref:ref>/", redactions.redaction, name="redaction"),
    path(f"{CASE}redactions/<ref:ref>/<slug:act>/", redactions.decide, name="decide"),
    path(f"{CASE}hide/", redactions.hide, name="hide"),
    path(f"{CASE}comments/", workshop.threads, name="threads"),
    path(f"{CASE}comments/<uuid:thread_id>/reply/", workshop.reply_to_thread, name="reply"),
    path(f"{CASE}people/", people.people, name="people"),
    path(f"{CASE}people/give/", people.give, name="give_access"),
    path(f"{CASE}people/<uuid:grant_id>/extend/", people.extend, name="extend_access"),
    path(f"{CASE}people/<uuid:grant_id>/revoke/", people.revoke, name="revoke_access"),
    path(f"{CASE}trail/", people.trail, name="trail"),
    path(f"{CASE}publications/", publishing.desk, name="publications"),
    path(f"{CASE}publications/publish/", publishing.make_public, name="publish"),
    path(f"{CASE}publications/<uuid:publication_id>/correct/", publishing.say_beside, name="correct"),
    path(f"{CASE}publications/<uuid:publication_id>/withdraw/", publishing.take_back, name="withdraw_publication"),
    path(f"{CASE}releases/", releases.releases, name="releases"),
    path(f"{CASE}releases/new/", releases.for_whom, name="release_for_whom"),
    path(f"{CASE}releases/start/", releases.start, name="start_release"),
    path(f"{CASE}releases/<uuid:release_id>/", releases.release, name="release"),
    path(f"{CASE}releases/<uuid:release_id>/as/<slug:audience>/", reading_releases.read, name="prepared"),
    path(
        f"{CASE}releases/<uuid:release_id>/as/<slug:audience>/<page:page>/", reading_releases.read, name="prepared_page"
    ),
    path(
        f"{CASE}releases/<uuid:release_id>/changes/<slug:audience>/", reading_releases.changes, name="prepared_changes"
    ),
    path(f"{CASE}releases/<uuid:release_id>/sign/<slug:audience>/", reading_releases.sign, name="sign_cold_read"),
    path(
        f"{CASE}releases/<uuid:release_id>/as/<slug:audience>/pictures/<figure:key>",
        figures.prepared,
        name="prepared_figure",
    ),
    path(f"{CASE}releases/<uuid:release_id>/approve/", releases.approve, name="approve_release"),
    path(f"{CASE}releases/<uuid:release_id>/drop/", releases.drop, name="drop_release"),
    path(f"{CASE}releases/<uuid:release_id>/again/", releases.again, name="release_again"),
    path(f"{CASE}releases/<uuid:release_id>/settle/", checking.settle, name="settle_check"),
    path(f"{CASE}releases/<uuid:release_id>/redact/", checking.redact_there, name="redact_there"),
    path(f"{CASE}editions/<uuid:edition_id>/amend/", amending.amend, name="amend"),
    path(f"{CASE}editions/<uuid:edition_id>/withdraw/", releases.withdraw, name="withdraw"),
    *edition_paths(editions.edition, editions.figure),
    path("editions/<uuid:edition_id>/find/", finding.find, name="find_in_edition"),
]
