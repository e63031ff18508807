"""Partners: who takes part, where, whom to call, what they offer and seek."""

from collections.abc import Sequence
from typing import Any, TypeVar

from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views import View

from koempel.desk.accounts.models import Organisation, OrganisationKind, User
from koempel.desk.common.context import current
from koempel.desk.jobs.models import Vacancy
from koempel.desk.levers.enums import Family
from koempel.desk.levers.models import Lever
from koempel.desk.levers.queries import with_stock
from koempel.desk.partners import actions
from koempel.desk.partners.enums import OfferSide, PartnerEventKind
from koempel.desk.partners.forms import (
    ContactForm,
    EstablishmentForm,
    NoteForm,
    OfferForm,
    PartnerForm,
)
from koempel.desk.partners.models import Contact, Establishment, Municipality, Offer, PartnerEvent
from koempel.desk.partners.queries import partners_with_facts, visible_partners
from koempel.desk.partners.validators import dotted
from koempel.desk.web.context import Door, Menu
from koempel.desk.web.pages import notices
from koempel.desk.web.pages.columns import Column, Show
from koempel.desk.web.pages.file import Change, FilePage, Head
from koempel.desk.web.pages.filters import ChoiceFilter, YesNoFilter
from koempel.desk.web.pages.form import FormPage
from koempel.desk.web.pages.listing import ListPage
from koempel.desk.web.pages.notices import Done
from koempel.desk.web.pages.request import DeskRequest, open_address
from koempel.desk.web.pages.values import Event, Fact, Go, Link, Section, Status, Tone
from koempel.region.dutch import capital

TAKES_PART = Status("Werkt mee", Tone.GOOD)
STOPPED = Status("Werkt niet mee")
STOP, RESUME = "stop", "hervat"
SHOWN_EVENTS = 50

Part = TypeVar("Part", Establishment, Contact, Offer)


class PartnersPage(ListPage):
    """All partners that the reader may see."""

    title = "Partners"
    intro = "Met wie werk je samen, wie bel je daar, en wat hebben ze te bieden?"
    noun = ("partner", "partners")
    door = Door("Partners", "link", 70)
    search = ("name", "org_code", "contacts__name")
    columns = (
        Column(
            "Naam",
            "name",
            sort="name",
            link=lambda row: file_url(row.pk),
            note=lambda row: capital(row.get_kind_display()),
        ),
        Column("Gemeente", "municipality", sort="municipality"),
        Column("Ondernemingsnummer", lambda row: dotted(row.org_code)),
        Column("Eerste aanspreekpunt", "main_contact"),
        Column("Vestigingen", "n_establishments", Show.NUMBER, sort="n_establishments"),
        Column("Stand", lambda row: TAKES_PART if row.is_active else STOPPED, Show.STATUS),
    )
    filters = (
        ChoiceFilter("soort", "Soort", "kind", OrganisationKind.choices),
        ChoiceFilter("gemeente", "Gemeente", "nis", lambda request: municipality_choices()),
        YesNoFilter("werkt-mee", "Werkt mee", "is_active"),
    )
    nothing = "Voeg de eerste partner toe. Daarna zie je hier wie je daar belt en wat ze bieden."
    first = Go("Voeg een partner toe", "partners:new")

    def rows(self, request: DeskRequest) -> QuerySet[Organisation]:
        """Partners, each once."""
        return partners_with_facts(current()).distinct()


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
        offers = list(subject.offers.all())
        sides = [(side.label, [each for each in offers if each.side == side]) for side in OfferSide]
        note = open_address(request, "partners:note", keys={"pk": subject.pk})
        return (
            Section(
                "Gegevens",
                facts=partner_facts(subject),
                more=Link("Noteer iets", note) if note else None,
            ),
            links.section("Vestigingen", "establishments", list(places), "establishment"),
            _levers_section(request, subject),
            links.section("Contactpersonen", "contacts", list(subject.contacts.all()), "contact"),
            links.section("Aanbod en vraag", "offers", sides, "offer"),
        )

    def timeline(self, request: DeskRequest, subject: Organisation) -> Sequence[Event]:
        """What happened with this partner."""
        events = subject.events.select_related("by")[:SHOWN_EVENTS]
        return [_told(event) for event in events]

    def changes(self, request: DeskRequest, subject: Organisation) -> Sequence[Change]:
        """Stop or go on."""
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
            data={"rows": rows, "may_change": bool(new)},
            more=Link("Voeg toe", new) if new else None,
        )

    def _address(self, name: str, **keys: int) -> str:
        return open_address(self._request, f"partners:{name}", keys=keys)


def partner_facts(partner: Organisation) -> list[Fact]:
    """The facts of a partner, with how many vacancies it has."""
    municipality = Municipality.objects.filter(nis=partner.nis).first()
    return [
        Fact("Gemeente", municipality.name if municipality else ""),
        Fact("Ondernemingsnummer", dotted(partner.org_code)),
        Fact("Partner sinds", timezone.localdate(partner.created_on)),
        Fact("Vacatures", Vacancy.objects.filter(employer=partner).count()),
    ]


def _levers_section(request: DeskRequest, partner: Organisation) -> Section:
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
    return Section("Hefbomen", template="web/partners/levers.html", data=data)


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
    notices.say(request, act(request, partner))
    return HttpResponseRedirect(file_url(pk))


def stop(request: DeskRequest, partner: Organisation) -> Done:
    """Let a partner stop."""
    actions.stop_partner(partner, by=user_of(request), at=timezone.now())
    undo = reverse("partners:resume", kwargs={"pk": partner.pk})
    return Done(f"{partner.name} werkt niet meer mee.", undo)


def resume(request: DeskRequest, partner: Organisation) -> Done:
    """Let a partner go on."""
    actions.resume_partner(partner, by=user_of(request), at=timezone.now())
    undo = reverse("partners:stop", kwargs={"pk": partner.pk})
    return Done(f"{partner.name} werkt weer mee.", undo)


class NewPartner(FormPage):
    """Adds a partner."""

    button = "Voeg de partner toe"
    intro = "Alleen de naam en de soort moeten. De rest kan later."

    def title(self, subject: Any) -> str:
        """What is done here."""
        return "Nieuwe partner"

    def crumbs(self, request: DeskRequest, subject: Any) -> Sequence[Link]:
        """From the list."""
        return partner_crumbs(request, "Nieuwe partner")

    def form(self, request: DeskRequest, subject: Any, data: Any) -> BaseForm:
        """An empty partner."""
        return PartnerForm(data)

    def save(self, request: DeskRequest, subject: Any, form: PartnerForm) -> tuple[Done, str]:
        """Add it."""
        partner = actions.register_partner(
            form.save(commit=False), by=user_of(request), at=timezone.now()
        )
        return Done(f"{partner.name} is toegevoegd."), file_url(partner.pk)


class OfPartner(FormPage):
    """A form about one partner."""

    def subject(self, request: DeskRequest, **keys: Any) -> Any:
        """The partner."""
        return get_object_or_404(visible_partners(current()), pk=keys["pk"])

    def crumbs(self, request: DeskRequest, subject: Any) -> Sequence[Link]:
        """From the list, over the partner."""
        return partner_crumbs(request, self.title(subject), partner=partner_of(subject))


class EditPartner(OfPartner):
    """Changes a partner."""

    button = "Bewaar de gegevens"

    def title(self, subject: Organisation) -> str:
        """What is done here."""
        return "Gegevens aanpassen"

    def form(self, request: DeskRequest, subject: Organisation, data: Any) -> BaseForm:
        """The partner as it is."""
        return PartnerForm(data, instance=subject)

    def save(
        self, request: DeskRequest, subject: Organisation, form: PartnerForm
    ) -> tuple[Done, str]:
        """Store it."""
        actions.change_partner(form.save(commit=False), by=user_of(request), at=timezone.now())
        return Done("De gegevens zijn bewaard."), file_url(subject.pk)


class NewEstablishment(OfPartner):
    """Adds an establishment."""

    button = "Voeg de vestiging toe"

    def title(self, subject: Any) -> str:
        """What is done here."""
        return "Nieuwe vestiging"

    def form(self, request: DeskRequest, subject: Any, data: Any) -> BaseForm:
        """An empty one of this partner."""
        return EstablishmentForm(data, instance=Establishment(organisation=subject))

    def save(self, request: DeskRequest, subject: Any, form: EstablishmentForm) -> tuple[Done, str]:
        """Store it."""
        place = actions.save_establishment(
            form.save(commit=False), by=user_of(request), at=timezone.now()
        )
        return Done(f"Vestiging {place.name} is bewaard."), file_url(place.organisation_id)


class EditEstablishment(NewEstablishment):
    """Changes an establishment."""

    button = "Bewaar de vestiging"

    def subject(self, request: DeskRequest, **keys: Any) -> Establishment:
        """The establishment."""
        return _part_of_partner(Establishment, keys["pk"])

    def title(self, subject: Any) -> str:
        """What is done here."""
        return f"Vestiging {subject.name}"

    def form(self, request: DeskRequest, subject: Any, data: Any) -> BaseForm:
        """The establishment as it is."""
        return EstablishmentForm(data, instance=subject)


class NewContact(OfPartner):
    """Adds a contact."""

    button = "Voeg de contactpersoon toe"

    def title(self, subject: Any) -> str:
        """What is done here."""
        return "Nieuwe contactpersoon"

    def form(self, request: DeskRequest, subject: Any, data: Any) -> BaseForm:
        """An empty one of this partner."""
        return ContactForm(data, instance=Contact(organisation=subject))

    def save(self, request: DeskRequest, subject: Any, form: ContactForm) -> tuple[Done, str]:
        """Store it."""
        contact = actions.save_contact(
            form.save(commit=False), by=user_of(request), at=timezone.now()
        )
        return Done(f"{contact.name} is bewaard."), file_url(contact.organisation_id)


class EditContact(NewContact):
    """Changes a contact."""

    button = "Bewaar de contactpersoon"

    def subject(self, request: DeskRequest, **keys: Any) -> Contact:
        """The contact."""
        return _part_of_partner(Contact, keys["pk"])

    def title(self, subject: Any) -> str:
        """What is done here."""
        return str(subject)

    def form(self, request: DeskRequest, subject: Any, data: Any) -> BaseForm:
        """The contact as it is."""
        return ContactForm(data, instance=subject)


class RemoveContact(View):
    """Removes a contact and all that was known of it."""

    def post(self, request: DeskRequest, pk: int) -> HttpResponse:
        """Remove, and back to the file."""
        contact = _part_of_partner(Contact, pk)
        actions.remove_contact(contact, by=user_of(request), at=timezone.now())
        notices.say(request, Done(f"{contact.name} is verwijderd."))
        return HttpResponseRedirect(file_url(contact.organisation_id))


class NewOffer(OfPartner):
    """Adds what a partner offers or seeks."""

    button = "Voeg dit toe"

    def title(self, subject: Organisation) -> str:
        """What is done here."""
        return "Aanbod of vraag"

    def form(self, request: DeskRequest, subject: Organisation, data: Any) -> BaseForm:
        """An empty one of this partner."""
        return OfferForm(data, instance=Offer(organisation=subject))

    def save(
        self, request: DeskRequest, subject: Organisation, form: OfferForm
    ) -> tuple[Done, str]:
        """Store it."""
        offer = actions.add_offer(form.save(commit=False), by=user_of(request), at=timezone.now())
        return Done(f"Toegevoegd: {offer.text}."), file_url(subject.pk)


class RemoveOffer(View):
    """Takes back what a partner offers or seeks."""

    def post(self, request: DeskRequest, pk: int) -> HttpResponse:
        """Remove, and back to the file."""
        offer = _part_of_partner(Offer, pk)
        actions.remove_offer(offer, by=user_of(request), at=timezone.now())
        notices.say(request, Done(f"Verwijderd: {offer.text}."))
        return HttpResponseRedirect(file_url(offer.organisation_id))


class NewNote(OfPartner):
    """Writes a line in the timeline."""

    button = "Noteer dit"

    def title(self, subject: Organisation) -> str:
        """What is done here."""
        return "Nieuwe notitie"

    def form(self, request: DeskRequest, subject: Organisation, data: Any) -> BaseForm:
        """An empty note."""
        return NoteForm(data)

    def save(self, request: DeskRequest, subject: Organisation, form: NoteForm) -> tuple[Done, str]:
        """Write it."""
        text = form.cleaned_data["text"]
        actions.note_on_partner(subject, text, by=user_of(request), at=timezone.now())
        return Done("De notitie staat in de tijdlijn."), file_url(subject.pk)


def file_url(pk: int) -> str:
    """The address of a partner."""
    return reverse("partners:file", kwargs={"pk": pk})


def partner_of(subject: Any) -> Organisation:
    """The partner that something belongs to, or the partner itself."""
    found = getattr(subject, "organisation", subject)
    assert isinstance(found, Organisation)
    return found


def partner_crumbs(
    request: DeskRequest, title: str, partner: Organisation | None = None
) -> list[Link]:
    """The way from the list to a page."""
    way = [Link("Partners", open_address(request, "partners:list"))]
    if partner is not None:
        way.append(Link(partner.name, file_url(partner.pk)))
    return [*way, Link(title, "")]


def municipality_choices() -> list[tuple[str, str]]:
    """Municipalities where a partner is."""
    taken = Organisation.objects.exclude(nis="").values("nis")
    return list(Municipality.objects.filter(nis__in=taken).values_list("nis", "name"))


def user_of(request: DeskRequest) -> User:
    """Who asks; the access table lets nobody else in here."""
    if not isinstance(request.user, User):
        raise Http404
    return request.user


def _part_of_partner(model: type[Part], pk: int) -> Part:
    rows = model._default_manager.select_related("organisation")
    return get_object_or_404(rows, pk=pk, organisation__in=visible_partners(current()))
