"""The file of a partner, and letting it stop or go on."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views import View

from koempel.desk.accounts.models import Organisation
from koempel.desk.common.context import current
from koempel.desk.common.validators import dotted
from koempel.desk.jobs.models import Vacancy
from koempel.desk.jobs.queries import open_vacancies
from koempel.desk.levers.enums import Family
from koempel.desk.levers.models import Lever
from koempel.desk.levers.queries import with_stock
from koempel.desk.partners import actions
from koempel.desk.partners.enums import OfferSide, PartnerEventKind
from koempel.desk.partners.models import Municipality, Offer, PartnerEvent
from koempel.desk.partners.queries import visible_partners
from koempel.desk.web.context import Door, Menu
from koempel.desk.web.pages import notices
from koempel.desk.web.pages.file import Change, FilePage, Head
from koempel.desk.web.pages.notices import Done
from koempel.desk.web.pages.request import DeskRequest, open_address, user_of
from koempel.desk.web.pages.values import Event, Fact, Link, Section, Tone
from koempel.desk.web.views.partners.listing import STOPPED, TAKES_PART, file_url
from koempel.errors import KoempelError
from koempel.region.dutch import capital, count

STOP, RESUME = "stop", "hervat"
SHOWN_EVENTS = 50


class OwnPartner(View):
    """The reader's own organisation."""

    door = Door("Mijn organisatie", "home", 71, Menu.OWN)

    def get(self, request: DeskRequest) -> HttpResponse:
        """Go to its file."""
        return HttpResponseRedirect(file_url(user_of(request).organisation_id))


class PartnerFile(FilePage):
    """One partner."""

    def subject(self, request: DeskRequest, **keys: Any) -> Organisation:
        """A partner that the reader may see."""
        return get_object_or_404(visible_partners(current()), pk=keys["pk"])

    def head(self, request: DeskRequest, subject: Organisation) -> Head:
        """Name, kind, whether it takes part."""
        edit = open_address(request, "partners:edit", keys={"pk": subject.pk})
        return Head(
            subject.name,
            above=partner_crumbs(request, subject.name),
            about=capital(subject.get_kind_display()),
            status=TAKES_PART if subject.is_active else STOPPED,
            next_step=Link("Pas de gegevens aan", edit) if edit else None,
        )

    def sections(self, request: DeskRequest, subject: Organisation) -> Sequence[Section]:
        """Facts, establishments, contacts, what is offered and sought."""
        links = Links(request, subject)
        places = subject.establishments.select_related("village__municipality")
        note = open_address(request, "partners:note", keys={"pk": subject.pk})
        facts = partner_facts(subject)
        return (
            Section("Gegevens", facts, more=Link("Noteer iets", note) if note else None),
            links.section("Vestigingen", "establishments", list(places), "establishment"),
            *_levers_section(request, subject),
            links.section("Contactpersonen", "contacts", list(subject.contacts.all()), "contact"),
            links.section("Aanbod en vraag", "offers", _sides(subject), "offer"),
        )

    def timeline(self, request: DeskRequest, subject: Organisation) -> Sequence[Event]:
        """What happened with this partner; notes are for who may write them."""
        events = subject.events.select_related("by")
        if not request.access.may_open("partners:note"):
            events = events.exclude(kind=PartnerEventKind.NOTE)
        return [_told(event) for event in events[:SHOWN_EVENTS]]

    def changes(self, request: DeskRequest, subject: Organisation) -> Sequence[Change]:
        """Stop or go on."""
        if subject.pk == user_of(request).organisation_id:
            return ()
        if subject.is_active:
            return (Change(STOP, "Stop de samenwerking"),)
        return (Change(RESUME, "Hervat de samenwerking"),)

    def change(self, request: DeskRequest, subject: Organisation, name: str) -> Done:
        """Let the partner stop, or go on."""
        return stop(request, subject) if name == STOP else resume(request, subject)


def _told(event: PartnerEvent) -> Event:
    tones = {PartnerEventKind.STOPPED: Tone.BAD, PartnerEventKind.RESUMED: Tone.GOOD}
    tone = tones.get(PartnerEventKind(event.kind), Tone.QUIET)
    by = f"Door {event.by.name}"
    if event.kind == PartnerEventKind.NOTE:
        return Event(event.at, event.text, by, tone)
    return Event(
        event.at, event.get_kind_display(), f"{event.text}. {by}" if event.text else by, tone
    )


class Links:
    """The rows of a section with the addresses that the reader may open."""

    def __init__(self, request: DeskRequest, partner: Organisation) -> None:
        self._request, self._partner = request, partner

    def section(self, title: str, part: str, rows: Sequence[Any], name: str) -> Section:
        """A section with its own template and a link that adds one."""
        new = self._address(f"{name}-new", pk=self._partner.pk)
        return Section(
            title,
            template=f"web/partners/{part}.html",
            data={
                "rows": rows,
                "may_change": bool(new),
                "may_speak": self._request.access.may_open("partners:contact-spoken", "POST"),
            },
            more=Link("Voeg toe", new) if new else None,
        )

    def _address(self, name: str, **keys: int) -> str:
        return open_address(self._request, f"partners:{name}", keys=keys)


def _sides(partner: Organisation) -> list[tuple[str, list[tuple[Offer, bool]]]]:
    """What a partner offers and what it seeks, each with whether it must be looked at again."""
    today = timezone.localdate()
    offers = [(each, each.is_stale(today)) for each in partner.offers.filter(ended_on=None)]
    return [(side.label, [row for row in offers if row[0].side == side]) for side in OfferSide]


def partner_facts(partner: Organisation) -> list[Fact]:
    """The facts of a partner, with how many vacancies it has."""
    municipality = Municipality.objects.filter(nis=partner.nis).first()
    vacancies = Vacancy.objects.filter(employer=partner).count()
    n_open = open_vacancies(timezone.localdate()).filter(employer=partner).count()
    return [
        Fact("Gemeente", municipality.name if municipality else ""),
        Fact("Ondernemingsnummer", dotted(partner.org_code)),
        Fact("Partner sinds", timezone.localdate(partner.created_on)),
        Fact("Vacatures", vacancies, f"{n_open} open" if vacancies else ""),
    ]


def _levers_section(request: DeskRequest, partner: Organisation) -> list[Section]:
    """Levers of a partner; nothing for who has none and can add none."""
    today = timezone.localdate()
    levers = with_stock(Lever.objects.filter(organisation=partner, is_active=True))
    rows = [(each, each.is_stale(today)) for each in levers]
    urls = ((family.label, {"family": family.value, "partner": partner.pk}) for family in Family)
    new = [
        Link(title, url)
        for title, keys in urls
        if (url := open_address(request, "levers:new", keys=keys))
    ]
    data = {"rows": rows, "new": new, "may_open": request.access.may_open("levers:file")}
    found = Section("Hefbomen", template="web/partners/levers.html", data=data)
    return [found] if rows or new else []


class StopPartner(View):
    """Lets a partner stop; the undo of going on."""

    def post(self, request: DeskRequest, pk: int) -> HttpResponse:
        """Stop, and back to the file."""
        return _changed(request, pk, stop)


class ResumePartner(View):
    """Lets a partner go on; the undo of stopping."""

    def post(self, request: DeskRequest, pk: int) -> HttpResponse:
        """Go on, and back to the file."""
        return _changed(request, pk, resume)


def _changed(request: DeskRequest, pk: int, act: Any) -> HttpResponse:
    partner = get_object_or_404(visible_partners(current()), pk=pk)
    try:
        notices.say(request, act(request, partner))
    except KoempelError as error:
        notices.warn(request, str(error))
    return HttpResponseRedirect(file_url(pk))


def stop(request: DeskRequest, partner: Organisation) -> Done:
    """Let a partner stop; its open vacancies leave the plan, and come back when it goes on."""
    n_open = open_vacancies(timezone.localdate()).filter(employer=partner).count()
    actions.stop_partner(partner, by=user_of(request), at=timezone.now())
    undo = reverse("partners:resume", kwargs={"pk": partner.pk})
    jobs = capital(count(n_open, "open vacature telt", "open vacatures tellen"))
    more = f" {jobs} nu niet mee in het plan." if n_open else ""
    out = " Niemand van daar kan nog aanmelden, en alle inzage is beëindigd."
    return Done(f"{partner.name} werkt niet meer mee.{out}{more}", undo)


def resume(request: DeskRequest, partner: Organisation) -> Done:
    """Let a partner go on."""
    actions.resume_partner(partner, by=user_of(request), at=timezone.now())
    undo = reverse("partners:stop", kwargs={"pk": partner.pk})
    return Done(f"{partner.name} werkt weer mee.", undo)


def partner_crumbs(
    request: DeskRequest, title: str, partner: Organisation | None = None
) -> list[Link]:
    """The way from the list to a page."""
    back = open_address(request, "partners:list")
    way = [Link("Partners", back)] if back else []
    if partner is not None:
        way.append(Link(partner.name, file_url(partner.pk)))
    return [*way, Link(title, "")]
