"""All addresses of the desk; each has its row in `access.toml`."""

from django.urls import include, path

urlpatterns = [
    path("", include("koempel.desk.web.urls")),
    path("", include("koempel.desk.web.urls.jobs")),
    path("", include("koempel.desk.web.urls.sign_in")),
]
