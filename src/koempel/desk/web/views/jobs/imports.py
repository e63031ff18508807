"""Vacancies from a file, in three steps: the file, every problem in its place, what came of it."""

import json
from collections.abc import Sequence
from typing import Any, BinaryIO

from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.serializers.json import DjangoJSONEncoder
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views import View

from koempel.desk.common.sheet_plans import Outcome, counts_of, keep_wrong_rows, mapped_by_name
from koempel.desk.common.sheets import MOST_ROWS, Sheet
from koempel.desk.common.uploads import Kept, UploadGoneError, store
from koempel.desk.jobs.actions import VacancyError
from koempel.desk.jobs.exchange.files import ENDINGS, read_vacancies
from koempel.desk.jobs.exchange.rows import ALSO, REQUIRED, TITLES
from koempel.desk.jobs.imports import JobsPlan, apply_import, plan_import, undo_import
from koempel.desk.jobs.terms import terms
from koempel.desk.web.pages import notices
from koempel.desk.web.pages.notices import Done
from koempel.desk.web.pages.request import DeskRequest, user_of
from koempel.desk.web.pages.sheets import SheetPage
from koempel.desk.web.pages.steps import Finished, owner
from koempel.desk.web.pages.values import Fact
from koempel.region import dutch

MOST_TOLD = 6
"""Vacancies that close which are named; the others are counted."""


class AllForm(forms.Form):
    """Whether the file has everything."""

    alles = forms.BooleanField(
        label="Ja: wat er niet meer in staat, sluit",
        required=False,
        help_text=(
            "Dit gaat alleen over vacatures die uit dezelfde bron kwamen. Wat je zelf in Koempel "
            "schreef, blijft staan."
        ),
    )


class JobsImport(SheetPage):
    """A file with vacancies of the own organisation."""

    title = "Lees vacatures in"
    intro = (
        f"Een rekenblad of CSV-bestand, JSON-LD met JobPosting, of een bestand van VDAB (nog niet "
        f"nagekeken), met hoogstens {dutch.number(MOST_ROWS)} vacatures. Koempel ziet zelf welk. "
        f"In een rekenblad zijn deze kolommen nodig: "
        f"{dutch.joined(TITLES[name] for name in REQUIRED)}. Een vacature die al ingelezen is, "
        "herkent Koempel aan bron en nummer; hetzelfde bestand verandert niets."
    )
    noun = ("vacature", "vacatures")
    titles = TITLES
    endings = ENDINGS
    choices_title = "Staan al je vacatures van deze bron in dit bestand?"
    what_now = ""

    def read(self, file: BinaryIO, name: str) -> Sheet:
        """The rows of the file, whichever kind it is."""
        return read_vacancies(file, name)

    def choices(self, request: DeskRequest, sheet: Sheet) -> AllForm:
        """Whether what is not in it has vanished."""
        return AllForm(request.GET or None)

    def plan(self, request: DeskRequest, sheet: Sheet) -> JobsPlan:
        """What the file would do."""
        form = self.choices(request, sheet)
        return plan_import(
            sheet,
            mapping=mapped_by_name(sheet.header, TITLES, ALSO),
            employer=user_of(request).organisation,
            today=timezone.localdate(),
            holds_all=form.is_valid() and form.cleaned_data["alles"],
        )

    def also(self, plan: JobsPlan) -> Sequence[Fact]:
        """What closes and what opens again."""
        facts = []
        if plan.vanished:
            facts.append(Fact("Sluit", dutch.number(len(plan.vanished)), _names(plan)))
        if plan.back:
            told = "stond er een tijd niet in"
            facts.append(Fact("Opent weer", dutch.number(len(plan.back)), told))
        return facts

    def button(self, plan: JobsPlan) -> str:
        """What comes in, and what closes."""
        comes = super().button(plan)
        if not plan.vanished:
            return comes
        n_gone = dutch.count(len(plan.vanished), *self.noun)
        return f"{comes} en sluit er {len(plan.vanished)}" if comes else f"Sluit {n_gone}"

    def apply(self, request: DeskRequest, kept: Kept) -> Finished:
        """Write the sound rows, and keep the others for whoever mends them."""
        plan = self.plan(request, Sheet.kept_in(kept.path))
        user, now = user_of(request), timezone.now()
        done = apply_import(plan, employer=user.organisation, by=user, at=now, parameters=terms())
        links = [("Bekijk de ontwerpen", f"{reverse('jobs:list')}?stand=DRAFT")]
        if wrong := keep_wrong_rows(plan, TITLES, owner=owner(request), now=now):
            url = reverse("jobs:import-wrong", kwargs={"token": wrong})
            links.append(("Haal alleen de foute rijen op", url))
        found = self.finished(counts_of(plan), links)
        if plan.vanished:
            found.counts["Gesloten"] = len(plan.vanished)
            if not plan.n(Outcome.NEW) + plan.n(Outcome.CHANGED):
                n_gone = dutch.count(len(plan.vanished), "vacature is", "vacatures zijn")
                found = Finished(f"{dutch.capital(n_gone)} gesloten.", found.counts, links)
        undo = _keep_to_undo(request, done.taken) if done.numbers else ""
        return Finished(found.text, found.counts, found.links, undo)


def _names(plan: JobsPlan) -> str:
    names = [each.title for each in plan.vanished[:MOST_TOLD]]
    if left := len(plan.vanished) - len(names):
        names.append(f"{dutch.number(left)} andere")
    return f"{dutch.joined(names)}: niet meer in dit bestand"


def _keep_to_undo(request: DeskRequest, taken: Any) -> str:
    text = json.dumps(taken, cls=DjangoJSONEncoder).encode()
    file = SimpleUploadedFile("terug", text)
    kept = store().keep(file, owner=owner(request), now=timezone.now())
    return reverse("jobs:import-undo", kwargs={"token": kept.token})


class UndoImport(View):
    """Takes a file back, for who brought it, for a day."""

    http_method_names = ("post",)

    def post(self, request: DeskRequest, token: str) -> HttpResponse:
        """Undo, then the list."""
        try:
            kept = store().find(token, owner=owner(request), now=timezone.now())
            taken = json.loads(kept.path.read_bytes())
            left = undo_import(taken, by=user_of(request), at=timezone.now())
        except UploadGoneError as error:
            raise Http404 from error
        except VacancyError as error:
            notices.warn(request, str(error))
        else:
            notices.say(request, Done(_said(left)))
        return HttpResponseRedirect(reverse("jobs:list"))


def _said(left: int) -> str:
    if not left:
        return "Het bestand is teruggenomen."
    stays = dutch.count(left, "vacature bleef", "vacatures bleven")
    return f"Het bestand is teruggenomen. {dutch.capital(stays)} zoals ze zijn: iemand wijzigde ze."
