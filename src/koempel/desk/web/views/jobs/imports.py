"""Vacancies from a file, in three steps: the file, every problem in its place, what came of it."""

from django.urls import reverse
from django.utils import timezone

from koempel.desk.common.sheet_plans import Plan, counts_of, keep_wrong_rows, mapped_by_name
from koempel.desk.common.sheets import MOST_ROWS, Sheet
from koempel.desk.common.uploads import Kept
from koempel.desk.jobs.imports import ALSO, REQUIRED, TITLES, apply_import, plan_import
from koempel.desk.web.pages.request import DeskRequest, user_of
from koempel.desk.web.pages.sheets import SheetPage
from koempel.desk.web.pages.steps import Finished, owner
from koempel.region import dutch


class JobsImport(SheetPage):
    """A file with vacancies of the own organisation."""

    title = "Lees vacatures in"
    intro = (
        f"Een CSV-bestand of rekenblad met hoogstens {dutch.number(MOST_ROWS)} vacatures. Nodig "
        f"zijn de kolommen {dutch.joined(TITLES[name] for name in REQUIRED)}. Een vacature die al "
        "ingelezen is, herkent Koempel aan het nummer; hetzelfde bestand verandert niets."
    )
    noun = ("vacature", "vacatures")
    titles = TITLES

    def plan(self, request: DeskRequest, sheet: Sheet) -> Plan:
        """What the file would do."""
        mapping = mapped_by_name(sheet.header, TITLES, ALSO)
        return plan_import(
            sheet,
            mapping=mapping,
            employer=user_of(request).organisation,
            today=timezone.localdate(),
        )

    def apply(self, request: DeskRequest, kept: Kept) -> Finished:
        """Write the sound rows, and keep the others for whoever mends them."""
        plan = self.plan(request, Sheet.kept_in(kept.path))
        user, now = user_of(request), timezone.now()
        apply_import(plan, employer=user.organisation, by=user, at=now)
        links = [("Bekijk de ontwerpen", f"{reverse('jobs:list')}?stand=DRAFT")]
        if wrong := keep_wrong_rows(plan, TITLES, owner=owner(request), now=now):
            url = reverse("jobs:import-wrong", kwargs={"token": wrong})
            links.append(("Haal alleen de foute rijen op", url))
        return self.finished(counts_of(plan), links)
