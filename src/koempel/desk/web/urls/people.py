"""Addresses of people and their cases."""

from django.urls import path, register_converter

from koempel.desk.accounts.session import step_up
from koempel.desk.people.case_numbers import PATTERN
from koempel.desk.web.pages.listing import ListExport, export_name
from koempel.desk.web.pages.sheets import WrongRows
from koempel.desk.web.views.people import case, entries, handing, imports, listing, sharing, whole
from koempel.desk.web.views.people.listing import PeoplePage

app_name = "people"


class CaseNumberConverter:
    """A case number in an address; another text is no address at all."""

    regex = PATTERN

    def to_python(self, value: str) -> str:
        """The number as it stands."""
        return value

    def to_url(self, value: str) -> str:
        """The number as it stands."""
        return value


register_converter(CaseNumberConverter, "case")

urlpatterns = [
    path("mensen/", PeoplePage.as_view(), name="list"),
    path(
        "mensen/bestand.<str:suffix>",
        step_up(ListExport.as_view(of=PeoplePage)),
        name=export_name("list"),
    ),
    path("mensen/zonder-naam/", listing.PseudonymPage.as_view(), name="pseudonyms"),
    path("mensen/overdragen/", handing.HandOverPage.as_view(), name="hand-over"),
    path(
        "mensen/overdragen/<str:batch>/terug/",
        handing.HandOverUndo.as_view(),
        name="hand-over-undo",
    ),
    path("mensen/zonder-begeleider/", handing.WithoutGuidePage.as_view(), name="without-guide"),
    path("mensen/nieuw/", entries.RegisterPage.as_view(), name="register"),
    path("mensen/uren/", entries.HoursInWords.as_view(), name="hours"),
    path("mensen/noodtoegang/", sharing.BreakGlassPage.as_view(), name="break-glass"),
    path("mensen/termijnen/", whole.RetentionPage.as_view(), name="retention"),
    path("mensen/inlezen/werk/<str:key>/", imports.ImportWork.as_view(), name="import-work"),
    path("mensen/inlezen/werk/<str:key>/klaar/", imports.ImportDone.as_view(), name="import-done"),
    *imports.PeopleImport.paths("mensen/inlezen/", "import"),
    path("mensen/inlezen/<slug:token>/fout.csv", WrongRows.as_view(), name="import-wrong"),
    path("mensen/<case:case>/", case.CasePage.as_view(), name="file"),
    path("mensen/<case:case>/bewerken/", entries.EditPage.as_view(), name="edit"),
    path("mensen/<case:case>/stap/", entries.NextStepPage.as_view(), name="next-step"),
    path("mensen/<case:case>/stap/klaar/", entries.StepDone.as_view(), name="step-done"),
    path("mensen/<case:case>/notitie/", entries.NotePage.as_view(), name="note"),
    path(
        "mensen/<case:case>/notitie/<int:key>/terug/",
        entries.NoteUndo.as_view(),
        name="note-undo",
    ),
    path("mensen/<case:case>/kind/", entries.ChildPage.as_view(), name="child-new"),
    path("mensen/<case:case>/kind/<int:key>/", entries.ChildPage.as_view(), name="child"),
    path(
        "mensen/<case:case>/kind/<int:key>/weg/", entries.ChildRemoved.as_view(), name="child-gone"
    ),
    path("mensen/<case:case>/recht/", entries.RightPage.as_view(), name="right-new"),
    path("mensen/<case:case>/recht/<int:key>/", entries.RightPage.as_view(), name="right"),
    path("mensen/<case:case>/drempel/", entries.ObstaclePage.as_view(), name="obstacle-new"),
    path(
        "mensen/<case:case>/drempel/<int:key>/",
        entries.ClearObstaclePage.as_view(),
        name="obstacle",
    ),
    path(
        "mensen/<case:case>/vertrouwelijk/", sharing.ConfidentialPage.as_view(), name="confidential"
    ),
    path("mensen/<case:case>/inzage/", sharing.GrantsPage.as_view(), name="grants"),
    path(
        "mensen/<case:case>/inzage/<int:key>/intrekken/",
        sharing.GrantWithdrawn.as_view(),
        name="grant-withdraw",
    ),
    path("mensen/<case:case>/wie-keek/", sharing.AccessLogPage.as_view(), name="access-log"),
    path("mensen/<case:case>/alles/", step_up(whole.EverythingPage.as_view()), name="everything"),
    path(
        "mensen/<case:case>/alles.json",
        step_up(whole.EverythingFile.as_view()),
        name="everything-file",
    ),
    path("mensen/<case:case>/wissen/", step_up(whole.ErasePage.as_view()), name="erase"),
]
