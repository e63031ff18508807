from datetime import date

from django import forms
from django.http import Http404
from django.shortcuts import render

from desk.web.demo.models import Place, Rider
from koempel.desk.web.context import Door
from koempel.desk.web.pages import drawings
from koempel.desk.web.pages.board import BoardPage
from koempel.desk.web.pages.columns import Column, Show
from koempel.desk.web.pages.file import Change, FilePage, Head
from koempel.desk.web.pages.filters import ChoiceFilter, DateFilter, DayInput, YesNoFilter
from koempel.desk.web.pages.listing import BulkAction, ListPage
from koempel.desk.web.pages.notices import Done
from koempel.desk.web.pages.progress import Progress, ProgressPage
from koempel.desk.web.pages.steps import Cell, Finished, Preview, Row, StepsPage
from koempel.desk.web.pages.values import (
    Event,
    Fact,
    Figure,
    Go,
    Link,
    Section,
    Status,
    Tone,
    Waiting,
)
from koempel.region.outcome import LeverKind, ObstacleKind
from koempel.region.vocabulary import LEVERS, OBSTACLES

WAITS = Status("Voorstel wacht op jou", Tone.NEEDS_YOU)
FOLLOWED = Status("In begeleiding")


def give_bikes(request, riders):
    return Done(f"{riders.update(has_bike=True)} fietsen toegewezen.", undo="/mensen/terug/")


def needs(row):
    if row.has_bike:
        return []
    return [OBSTACLES[ObstacleKind.MOBILITY_DISTANCE], LEVERS[LeverKind.FLEX_CHILDCARE].kind]


class RidersPage(ListPage):
    title = "Mensen"
    intro = "Wie begeleid je, en wat is de volgende stap?"
    noun = ("mens", "mensen")
    door = Door("Mensen", "people", 20)
    search = ("name", "code")
    filters = (
        ChoiceFilter("gemeente", "Gemeente", "place", Place.choices),
        YesNoFilter("fiets", "Heeft een fiets", "has_bike"),
        DateFilter("vanaf", "Kan starten vanaf", "starts_on__gte"),
    )
    columns = (
        Column("Naam", "name", sort="name", note="code", link=lambda row: f"/mensen/{row.code}/"),
        Column("Gemeente", lambda row: row.get_place_display(), sort="place"),
        Column("Ondersteuning nodig", needs, Show.KINDS),
        Column("Kan starten", "starts_on", Show.DATE, sort="starts_on"),
        Column("Minuten fietsen", "minutes", Show.NUMBER, sort="minutes"),
        Column("Stand", lambda row: WAITS if row.is_waiting else FOLLOWED, Show.STATUS),
    )
    bulk = (BulkAction("fiets", "Wijs een fiets toe", give_bikes),)
    key = "code"
    nothing = "Schrijf de eerste persoon in. Daarna zie je hier wie op een volgende stap wacht."
    first = Go("Schrijf iemand in", "person-new")
    more = (Go("Lees een bestand in", "people-import"),)

    def rows(self, request):
        return Rider.objects.all()


class RiderPage(FilePage):
    def subject(self, request, code):
        found = Rider.objects.filter(code=code).first()
        if found is None:
            raise Http404
        return found

    def head(self, request, rider):
        return Head(
            rider.name,
            above=(Link("Mensen", "/mensen/"), Link(rider.code, "")),
            about="31 jaar · Beverlo · dossier van OCMW Beringen",
            status=WAITS if rider.is_waiting else FOLLOWED,
            since="sinds vrijdag 20 november, beslis vóór 27 november",
            next_step=Link("Beslis over het voorstel", "#beslis"),
        )

    def sections(self, request, rider):
        facts = (
            Fact("Zoekt", "Magazijn of winkel, voltijds"),
            Fact("Kan starten", rider.starts_on),
            Fact("Recht", "Collectief maatwerk, tot 12 mei 2029", note="VDAB"),
            Fact("Nederlands", "Spreken A2, lezen A2"),
            Fact("Kind", None),
            Fact("Onderweg", "Fietst, hoogstens 40 minuten"),
        )
        return (Section(facts=facts), Section("Huishouden", (Fact("Woont", "alleen"),)))

    def kinds(self, request, rider):
        return needs(rider)

    def timeline(self, request, rider):
        return (
            Event(date(2026, 11, 23), "Beslis over het voorstel", is_now=True),
            Event(date(2026, 11, 3), "Niet aangenomen: geen vervoer", "Steenhout", Tone.BAD),
            Event(date(2026, 10, 21), "Les Nederlands A2 gehaald", tone=Tone.GOOD),
            Event(date(2026, 9, 12), "Op de wachtlijst gezet"),
        )

    def changes(self, request, rider):
        return (Change("decide", "Neem het voorstel aan"),) if rider.is_waiting else ()

    def change(self, request, rider, name):
        Rider.objects.filter(pk=rider.pk).update(is_waiting=False)
        return Done(f"Voorstel voor {rider.name} aangenomen.", undo=f"/mensen/{rider.code}/terug/")


class OverviewPage(BoardPage):
    title = "Overzicht"
    door = Door("Overzicht", "map", 10)

    def heading(self, request):
        return "De regio vanmorgen: 3 986 mensen zoeken werk"

    def kicker(self, request):
        return "Maandag 23 november 2026"

    def waiting(self, request):
        return (
            Waiting(
                "7 verwijzingen zonder antwoord", "/mensen/", "silent",
                "Langer dan 14 dagen, bij 3 bedrijven", Status("Stil", Tone.BAD),
            ),
            Waiting(
                "Afspraak Kolenvink loopt af", "/mensen/", "doc",
                "12 stageplaatsen, alleen nog tot 31 december", Status("38 dagen", Tone.NEEDS_YOU),
            ),
        )  # fmt: skip

    def whole(self, request):
        return (
            Figure(1742, "kunnen vandaag een passende job bereiken", "/mensen/", "pine"),
            Figure(631, "extra, met een hefboom die er nu is", "/mensen/", "lamp"),
            Figure(1613, "vinden nog geen weg", "/mensen/", "sunk"),
        )

    def figures(self, request):
        return (Figure(38, "plaatsingen deze maand", "/mensen/"),)

    def sections(self, request):
        hours = [drawings.Point(f"{hour} uur", 10 * hour) for hour in (5, 6, 7, 8, 14)]
        months = [drawings.Point(name, len(name)) for name in ("dec", "jan", "maart", "april")]
        return (
            Section(
                "Op welk uur knelt het?",
                template="web/parts/plot.html",
                data=drawings.bars(hours, caption="Plaatsen per uur", heads=("Uur", "Plaatsen")),
            ),
            Section(
                "Gaat het de goede kant op?",
                template="web/parts/plot.html",
                data=drawings.line(months, caption="Per maand", heads=("Maand", "Plaatsingen")),
                more=Link("Alle cijfers", "/mensen/"),
            ),
        )


class ImportPage(StepsPage):
    title = "Lees mensen in"
    intro = "Eén bestand, drie stappen. Je ziet eerst wat er zal gebeuren."

    def preview(self, request, kept):
        rows = [
            Row(number, [Cell(text, "" if text.strip() else "Vul een naam in.")])
            for number, text in enumerate(kept.path.read_text("utf-8").splitlines(), 1)
        ]
        good = sum(not row.is_faulty for row in rows)
        facts = (Fact("Rijen", len(rows)), Fact("Klaar om in te lezen", good))
        return Preview(facts, ("Naam",), rows, f"Lees {good} mensen in" if good else "")

    def apply(self, request, kept):
        names = [name for name in kept.path.read_text("utf-8").splitlines() if name.strip()]
        for number, name in enumerate(names):
            Rider.objects.create(code=f"N-{number}", name=name, place=Place.BERINGEN)
        return Finished(
            "De mensen zijn ingelezen.",
            {"Nieuw": len(names)},
            [("Bekijk de lijst", "/mensen/")],
            undo="/mensen/terug/",
        )


class WorkPage(ProgressPage):
    title = "Het bestand wordt ingelezen"
    stop_button = "Stop"
    at = Progress(12, 40, "Bezig met rij 12.")
    stopped = False

    def progress(self, request):
        return WorkPage.at

    def stop(self, request):
        WorkPage.stopped = True


class PersonForm(forms.Form):
    name = forms.CharField(label="Naam", max_length=80)
    starts_on = forms.DateField(
        label="Kan starten", required=False, widget=DayInput(), help_text="De eerste werkdag."
    )
    place = forms.ChoiceField(label="Gemeente", choices=Place.choices, widget=forms.RadioSelect)
    has_bike = forms.BooleanField(label="Heeft een fiets", required=False)
    about = forms.CharField(label="Notitie", required=False, widget=forms.Textarea)


def new_person(request):
    form = PersonForm(request.POST or None)
    status = 422 if form.errors else 200
    return render(request, "web/demo_form.html", {"form": form}, status=status)
