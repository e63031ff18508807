"""The internship agreement: its sheet, its form, and signing in Koempel or by a link."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.forms import BaseForm
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views import View

from koempel.desk.accounts.models import User
from koempel.desk.common.context import Context, Relation, acting, current
from koempel.desk.common.days import moment
from koempel.desk.common.roles import Role
from koempel.desk.jobs.queries import open_vacancies
from koempel.desk.jobs.widgets import REFILL
from koempel.desk.transitions.enums import Party, TransitionState
from koempel.desk.transitions.forms import AgreementForm, SignForm
from koempel.desk.transitions.mailing import address_for, mail_sign_link
from koempel.desk.transitions.models import Agreement, Signature, SignLink
from koempel.desk.transitions.queries import (
    TransitionSeen,
    agreement_of,
    signatures_of,
    text_digest,
    transitions_seen,
)
from koempel.desk.transitions.signing import (
    Terms,
    link_behind,
    make_sign_link,
    sign,
    write_agreement,
)
from koempel.desk.transitions.terms import link_lasts
from koempel.desk.web.pages.button import ButtonView
from koempel.desk.web.pages.form import ClosedError, FormPage
from koempel.desk.web.pages.notices import Done
from koempel.desk.web.pages.pdf import makes_pdf, pdf_response
from koempel.desk.web.pages.request import DeskRequest, open_address, user_of
from koempel.desk.web.pages.values import Fact, Link
from koempel.desk.web.views.transitions.file import find_transition
from koempel.desk.web.views.transitions.following import LIST
from koempel.desk.web.views.transitions.words import agreement_url, file_url
from koempel.region import dutch
from koempel.region.windows import in_words, parse_rotation

PDF, PDF_BY_LINK = "transitions:agreement-pdf", "transition-sign-pdf"


@dataclass(frozen=True, slots=True)
class PartySeen:
    """A party on the sheet: who signed and when, or how one signs."""

    label: str
    signed: str
    link_url: str = ""
    can_mail: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """An agreement ready to read; nothing of it names anybody but the parties."""

    facts: Sequence[Fact]
    who: str
    goals: str
    digest: str
    signed: dict[Party, Signature]

    def signed_by(self, party: Party) -> str:
        """Who signed for a party and when; nothing while nobody did."""
        found = self.signed.get(party)
        return f"{found.name}, {moment(found.at)}" if found else ""


def sheet_of(agreement: Agreement, seen: TransitionSeen) -> Sheet:
    """The text that the parties sign."""
    pays = "De werkgever van de stage" if agreement.host_pays else "Het sociale-economiebedrijf"
    weeks = [in_words(week) for week in parse_rotation(agreement.shifts)]
    facts = (
        Fact("Wie", seen.label, "blijft in dienst van het sociale-economiebedrijf"),
        Fact("Sociale-economiebedrijf", seen.employer),
        Fact("Coach", seen.coach or "–"),
        Fact("Werkgever van de stage", agreement.host.organisation),
        Fact("Waar", agreement.host.address, str(agreement.host.village)),
        Fact("Vacature", agreement.vacancy.title if agreement.vacancy else "–"),
        Fact("Eerste dag", dutch.day(agreement.first_on)),
        Fact("Laatste dag", dutch.day(agreement.last_on)),
        Fact("Wie betaalt het loon?", pays),
        Fact("Uren", ". Week erna: ".join(weeks)),
    )
    return Sheet(
        facts, seen.label, agreement.goals, text_digest(agreement), signatures_of(agreement)
    )


def _pdf(sheet: Sheet) -> HttpResponse:
    """The agreement with its signatures, to keep."""
    if not makes_pdf():
        raise Http404
    parties = [PartySeen(dutch.capital(each.label), sheet.signed_by(each)) for each in Party]
    content = {"sheet": sheet, "parties": parties}
    return pdf_response("web/transitions/agreement_pdf.html", content, name="stageovereenkomst")


def _found(pk: int) -> tuple[TransitionSeen, Agreement]:
    """The agreement of a round that the reader may see."""
    seen = find_transition(pk)
    agreement = agreement_of(pk)
    # The text and the signatures name the person.
    knows_name = seen.who.knows_guidance and seen.label != seen.who.case_number
    if agreement is None or not knows_name:
        raise Http404
    return seen, agreement


class AgreementPage(View):
    """The sheet, to read and print, with who signed."""

    http_method_names = ("get", "head")

    def get(self, request: DeskRequest, pk: int) -> HttpResponse:
        """The text and the parties."""
        seen, agreement = _found(pk)
        sheet = sheet_of(agreement, seen)
        can_sign = seen.state == TransitionState.MATCHING
        content = {
            "crumbs": _crumbs(seen, "Stageovereenkomst"),
            "sheet": sheet,
            "parties": [
                _party(request, agreement, each, sheet, can_sign=can_sign) for each in Party
            ],
            "edit_url": can_sign and open_address(request, "transitions:agree", keys={"pk": pk}),
            "sign_url": _own_url(request, pk, sheet) if can_sign else "",
            "link_days": link_lasts(timezone.localdate()).days,
            "pdf_url": makes_pdf() and open_address(request, PDF, keys={"pk": pk}),
            "back": file_url(pk),
        }
        return render(request, "web/transitions/agreement.html", content)


class AgreementPdf(View):
    """The sheet as a file, with who signed."""

    http_method_names = ("get", "head")

    def get(self, request: DeskRequest, pk: int) -> HttpResponse:
        """For who may read the sheet."""
        seen, agreement = _found(pk)
        return _pdf(sheet_of(agreement, seen))


def _party(
    request: DeskRequest, agreement: Agreement, party: Party, sheet: Sheet, *, can_sign: bool
) -> PartySeen:
    label, signed = dutch.capital(party.label), sheet.signed_by(party)
    keys = {"pk": agreement.transition_id, "party": party.value}
    url = open_address(request, "transitions:sign-link", method="POST", keys=keys)
    if not url or signed or not can_sign:
        return PartySeen(label, signed)
    return PartySeen(label, "", url, can_mail=bool(address_for(party, agreement)))


def _own_url(request: DeskRequest, pk: int, sheet: Sheet) -> str:
    """Where the social enterprise signs in Koempel, as long as it has not."""
    is_open = Party.ENTERPRISE not in sheet.signed
    return open_address(request, "transitions:sign", keys={"pk": pk}) if is_open else ""


def _crumbs(seen: TransitionSeen, title: str) -> list[Link]:
    return [
        Link("Doorstroom", reverse(LIST)),
        Link(seen.label, file_url(seen.pk)),
        Link(title, ""),
    ]


class AgreePage(FormPage):
    """Writing the agreement down, or another text of it."""

    template = "web/transitions/agree.html"
    button = "Bewaar de stageovereenkomst"
    intro = (
        "Daarna tekenen de vier partijen. Verander je later iets, dan vervallen hun handtekeningen."
    )

    def subject(self, request: DeskRequest, **keys: Any) -> TransitionSeen:
        """A round in which a place is looked for."""
        seen = find_transition(keys["pk"])
        if not seen.who.knows_guidance:
            raise Http404
        if seen.state != TransitionState.MATCHING:
            raise ClosedError(file_url(seen.pk))
        return seen

    def title(self, subject: TransitionSeen) -> str:
        """For whom."""
        return f"Stageovereenkomst: {subject.label}"

    def crumbs(self, request: DeskRequest, subject: TransitionSeen) -> Sequence[Link]:
        """From the round."""
        return _crumbs(subject, "Stageovereenkomst")

    def form(self, request: DeskRequest, subject: TransitionSeen, data: Any) -> BaseForm:
        """The agreement as it is, or as a vacancy asks."""
        initial = _initial(subject.pk) | _of_vacancy(request.GET.get("vacature", ""))
        return AgreementForm(data, initial=initial, today=timezone.localdate())

    def post(self, request: DeskRequest, **keys: Any) -> HttpResponse:
        """Fill the week anew, or store."""
        if REFILL not in request.POST:
            return super().post(request, **keys)
        subject = self.subject(request, **keys)
        widget = AgreementForm.base_fields["shifts"].widget
        data = widget.refilled(request.POST, "shifts", request.POST[REFILL])
        form = self.form(request, subject, data)
        # Nothing was sent in yet: what is still empty is no mistake.
        form.errors.clear()
        return self._page(request, subject, form)

    def save(self, request: DeskRequest, subject: TransitionSeen, form: Any) -> tuple[Done, str]:
        """Write it down."""
        names = ("host", "vacancy", "first_on", "last_on", "shifts", "host_pays", "goals")
        terms = Terms(**{name: form.cleaned_data[name] for name in names})
        write_agreement(subject.pk, terms, by=user_of(request), at=timezone.now())
        return Done("De stageovereenkomst is bewaard."), agreement_url(subject.pk)


def _initial(pk: int) -> dict[str, Any]:
    found = agreement_of(pk)
    if found is None:
        return {}
    names = ("first_on", "last_on", "shifts", "host_pays", "goals")
    number = found.vacancy.number if found.vacancy else ""
    return {name: getattr(found, name) for name in names} | {
        "host": found.host_id,
        "vacancy": number,
    }


def _of_vacancy(number: str) -> dict[str, Any]:
    """Where and when the work of a vacancy is."""
    found = open_vacancies(timezone.localdate()).filter(number=number).first()
    if found is None:
        return {}
    return {"host": found.establishment_id, "vacancy": number, "shifts": found.shifts}


class SignLinkButton(ButtonView):
    """Makes a link by which a party signs: shows it once, or mails it."""

    def subject(self, request: DeskRequest, **keys: Any) -> tuple[int, Party]:
        """A round with an agreement, and who is to sign it."""
        _found(keys["pk"])
        if keys["party"] not in Party.values:
            raise Http404
        return keys["pk"], Party(keys["party"])

    def press(
        self, request: DeskRequest, subject: tuple[int, Party], *, by: User, at: datetime
    ) -> tuple[Done, str]:
        """Make it; the one before stops."""
        key, party = subject
        if "mail" in request.POST:
            mail_sign_link(key, party, by=by, at=at)
            return Done(f"De link vertrekt zo naar {party.label}."), self.back(subject)
        token = make_sign_link(key, party, by=by, at=at)
        url = request.build_absolute_uri(reverse("transition-sign", kwargs={"token": token}))
        text = f"De link voor {party.label}, alleen nu te zien: {url}"
        return Done(text), self.back(subject)

    def back(self, subject: tuple[int, Party]) -> str:
        """To the agreement."""
        return agreement_url(subject[0])


class SignPage(FormPage):
    """The social enterprise signs in Koempel."""

    template = "web/transitions/sign.html"
    button = "Teken de stageovereenkomst"

    def subject(self, request: DeskRequest, **keys: Any) -> tuple[TransitionSeen, Sheet]:
        """A text that the enterprise has still to sign."""
        seen, agreement = _found(keys["pk"])
        sheet = sheet_of(agreement, seen)
        if seen.state != TransitionState.MATCHING or Party.ENTERPRISE in sheet.signed:
            raise ClosedError(agreement_url(seen.pk))
        return seen, sheet

    def title(self, subject: tuple[TransitionSeen, Sheet]) -> str:
        """What is signed."""
        return f"Teken voor {subject[0].employer}"

    def crumbs(self, request: DeskRequest, subject: tuple[TransitionSeen, Sheet]) -> Sequence[Link]:
        """From the round."""
        return _crumbs(subject[0], "Teken")

    def form(
        self, request: DeskRequest, subject: tuple[TransitionSeen, Sheet], data: Any
    ) -> BaseForm:
        """Who signs; by default who is signed in."""
        initial = {"read": subject[1].digest, "name": user_of(request).name}
        return SignForm(data, initial=initial)

    def more(
        self, request: DeskRequest, subject: tuple[TransitionSeen, Sheet], form: Any
    ) -> dict[str, Any]:
        """The text that is signed."""
        return {"sheet": subject[1]}

    def save(
        self, request: DeskRequest, subject: tuple[TransitionSeen, Sheet], form: Any
    ) -> tuple[Done, str]:
        """Sign."""
        told, key = form.cleaned_data, subject[0].pk
        sign(
            key,
            Party.ENTERPRISE,
            name=told["name"],
            read=told["read"],
            by=user_of(request),
            at=timezone.now(),
        )
        return Done("Getekend."), agreement_url(key)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is behind a link: the text, for which party, and whether it can still be signed."""

    key: int
    party: Party
    sheet: Sheet
    signed: str
    is_open: bool
    token: str


class SignByLinkPage(FormPage):
    """A party without an account reads the text and signs it."""

    template = "web/transitions/sign_by_link.html"
    button = "Teken de stageovereenkomst"

    def subject(self, request: DeskRequest, **keys: Any) -> Asked:
        """The text; a link that does not work is like one that never was."""
        return _asked(keys["token"])

    def title(self, subject: Asked) -> str:
        """What is signed, for whom."""
        return f"Stageovereenkomst, voor {subject.party.label}"

    def form(self, request: DeskRequest, subject: Asked, data: Any) -> BaseForm:
        """Who signs."""
        return SignForm(data, initial={"read": subject.sheet.digest})

    def more(self, request: DeskRequest, subject: Asked, form: Any) -> dict[str, Any]:
        """The text that is signed."""
        pdf_url = reverse(PDF_BY_LINK, kwargs={"token": subject.token}) if makes_pdf() else ""
        return {"asked": subject, "sheet": subject.sheet, "pdf_url": pdf_url}

    def save(self, request: DeskRequest, subject: Asked, form: Any) -> tuple[Done, str]:
        """Sign, as the party."""
        told = form.cleaned_data
        sign(
            subject.key,
            subject.party,
            name=told["name"],
            read=told["read"],
            by=None,
            at=timezone.now(),
        )
        url = reverse("transition-sign", kwargs={"token": subject.token})
        return Done("Bedankt. Je handtekening staat genoteerd."), url


class PdfByLink(View):
    """The sheet as a file, for a party without an account."""

    http_method_names = ("get", "head")

    def get(self, request: DeskRequest, token: str) -> HttpResponse:
        """As long as the link works."""
        return _pdf(_asked(token).sheet)


def _asked(token: str) -> Asked:
    link = link_behind(token, at=timezone.now())
    if link is None:
        raise Http404
    row = link.agreement.transition
    with acting(_enterprise(link)):
        (seen,) = transitions_seen([row])
    agreement = agreement_of(row.pk)
    if agreement is None:
        raise Http404
    sheet = sheet_of(agreement, seen)
    signed = sheet.signed_by(Party(link.party))
    is_open = seen.state == TransitionState.MATCHING and not signed
    return Asked(row.pk, Party(link.party), sheet, signed, is_open, token)


def _enterprise(link: SignLink) -> Context:
    """What the social enterprise knows of this one round is what every party reads."""
    return replace(
        current(),
        role=Role.SOCIAL_ENTERPRISE,
        relation=Relation.OWN,
        organisation=link.agreement.transition.employer_id,
    )
