"""All addresses of the desk; each has its row in `access.toml`."""

from django.urls import include, path

urlpatterns = [
    path("", include("koempel.desk.web.urls")),
    path("", include("koempel.desk.web.urls.home")),
    path("", include("koempel.desk.web.urls.jobs")),
    path("", include("koempel.desk.web.urls.sign_in")),
    path("", include("koempel.desk.web.urls.accounts")),
    path("", include("koempel.desk.web.urls.health")),
    path("", include("koempel.desk.web.urls.partners")),
    path("", include("koempel.desk.web.urls.plan")),
    path("", include("koempel.desk.web.urls.levers")),
    path("", include("koempel.desk.web.urls.people")),
    path("", include("koempel.desk.web.urls.proposals")),
    path("", include("koempel.desk.web.urls.referrals")),
    path("", include("koempel.desk.web.urls.placements")),
    path("", include("koempel.desk.web.urls.figures")),
    path("", include("koempel.desk.web.urls.answer")),
    path("", include("koempel.desk.web.urls.transitions")),
    path("", include("koempel.desk.web.urls.signing")),
    path("", include("koempel.desk.web.urls.sheet")),
    path("", include("koempel.desk.web.urls.overview")),
    path("", include("koempel.desk.web.urls.waiting")),
    path("", include("koempel.desk.web.urls.tour")),
    path("", include("koempel.desk.web.urls.feed")),
]

handler500 = "koempel.desk.web.views.failures.server_failed"
