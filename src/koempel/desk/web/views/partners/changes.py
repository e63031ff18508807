"""Changes of a partner: its data, establishments, contacts, offers and notes."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypeVar

from django.forms import BaseForm
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views import View

from koempel.desk.accounts.models import Organisation
from koempel.desk.common.context import current
from koempel.desk.partners import actions
from koempel.desk.partners.forms import (
    ContactForm,
    EstablishmentForm,
    NoteForm,
    OfferForm,
    PartnerForm,
)
from koempel.desk.partners.models import Contact, Establishment, Offer
from koempel.desk.partners.queries import visible_partners
from koempel.desk.web.pages import notices
from koempel.desk.web.pages.form import FormPage
from koempel.desk.web.pages.notices import Done
from koempel.desk.web.pages.request import DeskRequest, user_of
from koempel.desk.web.pages.values import Link
from koempel.desk.web.views.partners.file import partner_crumbs
from koempel.desk.web.views.partners.listing import file_url

Part = TypeVar("Part", Establishment, Contact, Offer)


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
        new = Establishment(organisation=subject, valid_from=timezone.localdate())
        return EstablishmentForm(data, instance=new)

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
        today = timezone.localdate()
        return ContactForm(data, instance=Contact(organisation=subject), today=today)

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
        return ContactForm(data, instance=subject, today=timezone.localdate())


class RemoveContact(View):
    """Removes a contact and all that was known of it."""

    def post(self, request: DeskRequest, pk: int) -> HttpResponse:
        """Remove, and back to the file."""
        contact = _part_of_partner(Contact, pk)
        actions.remove_contact(contact, by=user_of(request), at=timezone.now())
        notices.say(request, Done(f"{contact.name} is verwijderd."))
        return HttpResponseRedirect(file_url(contact.organisation_id))


class SpokenWith(View):
    """Notes that somebody spoke with a contact today."""

    def post(self, request: DeskRequest, pk: int) -> HttpResponse:
        """Note it, and back to the file."""
        contact, now = _part_of_partner(Contact, pk), timezone.now()
        actions.note_talk(contact, by=user_of(request), at=now, on=timezone.localdate(now))
        notices.say(request, Done(f"Genoteerd: je sprak vandaag met {contact.name}."))
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
        now = timezone.now()
        offer = actions.add_offer(
            form.save(commit=False), by=user_of(request), at=now, on=timezone.localdate(now)
        )
        return Done(f"Toegevoegd: {offer.text}."), file_url(subject.pk)


class OfferAct(View):
    """Something that is done at once with what a partner offers or seeks."""

    def post(self, request: DeskRequest, pk: int) -> HttpResponse:
        """Do it, and back to the file."""
        offer = _part_of_partner(Offer, pk)
        self.act(request, offer, timezone.now())
        return HttpResponseRedirect(file_url(offer.organisation_id))

    def act(self, request: DeskRequest, offer: Offer, now: datetime) -> None:
        """Do it and say so."""
        raise NotImplementedError


class ConfirmOffer(OfferAct):
    """Says that it still holds."""

    def act(self, request: DeskRequest, offer: Offer, now: datetime) -> None:
        """Confirm it today."""
        actions.confirm_offer(offer, by=user_of(request), at=now, on=timezone.localdate(now))
        notices.say(request, Done(f"Klopt nog: {offer.text}."))


class RemoveOffer(OfferAct):
    """Takes back what a partner offers or seeks."""

    def act(self, request: DeskRequest, offer: Offer, now: datetime) -> None:
        """End it today."""
        actions.end_offer(offer, by=user_of(request), at=now, on=timezone.localdate(now))
        undo = reverse("partners:offer-restore", kwargs={"pk": offer.pk})
        notices.say(request, Done(f"Verwijderd: {offer.text}.", undo))


class RestoreOffer(OfferAct):
    """The undo of taking back."""

    def act(self, request: DeskRequest, offer: Offer, now: datetime) -> None:
        """Let it stand again."""
        if actions.restore_offer(offer, by=user_of(request), at=now):
            notices.say(request, Done(f"Staat er weer: {offer.text}."))
        else:
            notices.warn(request, f"«{offer.text}» staat er al opnieuw.")


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


def partner_of(subject: Any) -> Organisation:
    """The partner that something belongs to, or the partner itself."""
    found = getattr(subject, "organisation", subject)
    assert isinstance(found, Organisation)
    return found


def _part_of_partner(model: type[Part], pk: int) -> Part:
    rows = model._default_manager.select_related("organisation")
    return get_object_or_404(rows, pk=pk, organisation__in=visible_partners(current()))
