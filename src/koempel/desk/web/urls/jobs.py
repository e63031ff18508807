"""Addresses of vacancies."""

from django.urls import path

from koempel.desk.web.pages.sheets import WrongRows
from koempel.desk.web.pages.steps import CheckPage
from koempel.desk.web.views.jobs import exports, feeds, file, form, imports
from koempel.desk.web.views.jobs.listing import JobsPage

app_name = "jobs"

urlpatterns = [
    path("jobs/", JobsPage.as_view(), name="list"),
    JobsPage.export_path("jobs/", "list"),
    path("jobs/nieuw/", form.NewJob.as_view(), name="new"),
    path("jobs/telling/", form.CountPage.as_view(), name="count"),
    path("jobs/inlezen/", imports.JobsImport.as_view(), name="import"),
    path(
        "jobs/inlezen/<slug:token>/",
        CheckPage.as_view(of=imports.JobsImport, start="import"),
        name="import-check",
    ),
    path("jobs/inlezen/<slug:token>/fout.csv", WrongRows.as_view(), name="import-wrong"),
    path("jobs/inlezen/<slug:token>/terug/", imports.UndoImport.as_view(), name="import-undo"),
    path("jobs/ophalen/", exports.ExportPage.as_view(), name="export"),
    path("jobs/ophalen/vacatures.<str:suffix>", exports.ExportFile.as_view(), name="export-file"),
    path("jobs/openbaar/", feeds.FeedsPage.as_view(), name="feeds"),
    path("jobs/openbaar/<str:nis>/", feeds.SwitchFeed.as_view(), name="feed-switch"),
    path("jobs/<str:number>/", file.JobPage.as_view(), name="file"),
    path("jobs/<str:number>/aanpassen/", form.EditJob.as_view(), name="edit"),
    path("jobs/<str:number>/wie/", file.ReachPage.as_view(), name="reach"),
    path("jobs/<str:number>/kopie/", file.CopyJob.as_view(), name="copy"),
    path("jobs/<str:number>/terug/", file.UndoStep.as_view(), name="undo"),
]
