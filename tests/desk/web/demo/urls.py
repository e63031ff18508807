from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import include, path

from desk.web.demo.pages import (
    ImportPage,
    OverviewPage,
    RiderPage,
    RidersPage,
    WorkPage,
    new_person,
)


def trouble(request, status):
    if status == 400:
        raise SuspiciousOperation
    if status == 403:
        raise PermissionDenied
    if status == 500:
        raise RuntimeError("on purpose")
    return render(request, f"{status}.html", status=status)


urlpatterns = [
    path("", include("koempel.desk.web.urls")),
    path("", OverviewPage.as_view(), name="overview"),
    path("afmelden/", lambda request: HttpResponse(), name="logout"),
    path("zoeken/", lambda request: HttpResponse(), name="search"),
    path("fout/<int:status>/", trouble, name="trouble"),
    path("mensen/", RidersPage.as_view(), name="people"),
    RidersPage.export_path("mensen/", "people"),
    path("mensen/nieuw/", new_person, name="person-new"),
    path("mensen/bezig/", WorkPage.as_view(), name="people-work"),
    *ImportPage.paths("mensen/inlezen/", "people-import"),
    path("mensen/<slug:code>/", RiderPage.as_view(), name="person"),
]
