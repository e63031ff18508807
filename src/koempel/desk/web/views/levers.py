"""Levers: what there is, who waits for it, and one click to say that it is still right."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, ClassVar
from uuid import uuid4

from django.forms import BaseForm
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views import View

from koempel.desk.common.context import current
from koempel.desk.levers import actions
from koempel.desk.levers.enums import BookingState, EntryKind, Family, kinds_of
from koempel.desk.levers.forms import (
    BookingForm,
    LeverForm,
    RunForm,
    StepForm,
    StockForm,
    VoucherForm,
)
from koempel.desk.levers.models import Lever, LeverBooking
from koempel.desk.levers.queries import (
    PART_WORDS,
    BookingSeen,
    Cell,
    Told,
    bookings_seen,
    given_since,
    ledger_told,
    levers_of_family,
    open_bookings,
    parts_in_words,
    stale_levers,
    visible_bookings,
    visible_levers,
    voucher_booking,
    weeks_of,
    with_stock,
)
from koempel.desk.levers.rules import Step, steps_for
from koempel.desk.partners.queries import visible_partners
from koempel.desk.people.queries import person_or_none
from koempel.desk.web.context import Door
from koempel.desk.web.pages import notices
from koempel.desk.web.pages.board import BoardPage
from koempel.desk.web.pages.file import FilePage, Head
from koempel.desk.web.pages.form import FormPage
from koempel.desk.web.pages.notices import Done
from koempel.desk.web.pages.request import DeskRequest, open_address
from koempel.desk.web.pages.values import (
    Event,
    Fact,
    Figure,
    Link,
    Section,
    Status,
    Tone,
    Waiting,
)
from koempel.desk.web.views.partners.listing import user_of
from koempel.errors import KoempelError
from koempel.region import dutch
from koempel.region.windows import in_words, parse_windows

SHOWN_ACTS = 40
_TONES = {
    EntryKind.HANDED_OVER: Tone.GOOD,
    EntryKind.RETURNED: Tone.GOOD,
    EntryKind.LOST: Tone.BAD,
    EntryKind.EXPIRED: Tone.BAD,
}


@dataclass(frozen=True, slots=True)
class BookingLine:
    """A booking with the steps that the reader may take."""

    seen: BookingSeen
    steps: Sequence[Step]
    status: Status


@dataclass(frozen=True, slots=True)
class LeverLine:
    """A lever of a table with what the reader may do with it."""

    lever: Lever
    confirmed: Status
    is_stale: bool
    confirm_url: str
    stock_url: str


@dataclass(frozen=True, slots=True)
class Ask:
    """The question whether a stock is still right."""

    lever: Lever
    text: str
    confirm_url: str
    stock_url: str


@dataclass(frozen=True, slots=True)
class Occupancy:
    """Two weeks of a site by part of the day."""

    lever: Lever
    days: Sequence[date]
    today: date
    rows: Sequence[tuple[str, Sequence[Cell | None]]]


class LeversBoard(BoardPage):
    """All levers that the reader may see, by family."""

    title = "Hefbomen"
    door = Door("Hefbomen", "swap", 60)

    def heading(self, request: DeskRequest) -> str:
        """What they are for."""
        return "Hefbomen: wat de weg naar werk vrijmaakt"

    def waiting(self, request: DeskRequest) -> Sequence[Waiting]:
        """Requests without an answer, and stock that nobody confirmed."""
        today, found = timezone.localdate(), []
        for family, levers in _by_family(request):
            asked = sum(lever.asked for lever in levers)  # type: ignore[attr-defined]
            if asked:
                text = dutch.capital(dutch.count(asked, "vraag wacht", "vragen wachten"))
                found.append(_waits(family, f"{text} op antwoord", Tone.NEEDS_YOU))
            stale = len(stale_levers(levers, today))
            if stale:
                text = dutch.count(stale, "voorraad", "voorraden")
                found.append(_waits(family, f"{dutch.capital(text)} niet bevestigd", Tone.QUIET))
        return found

    def sections(self, request: DeskRequest) -> Sequence[Section]:
        """A table per family."""
        return [
            Section(
                family.label,
                template="web/levers/stock.html",
                data=_lines(request, levers),
                more=Link("Boekingen en vragen", family_url(family)),
            )
            for family, levers in _by_family(request)
        ]


def _waits(family: Family, title: str, tone: Tone) -> Waiting:
    icon = {Family.BIKES: "bike", Family.CHILDCARE: "care", Family.TRAINING: "lang"}
    status = Status(family.label, tone)
    return Waiting(title, family_url(family), icon.get(family, "bus"), status=status)


def _by_family(request: DeskRequest) -> list[tuple[Family, list[Lever]]]:
    levers = list(with_stock(visible_levers(current()).filter(is_active=True)))
    found = ((family, [each for each in levers if each.family is family]) for family in Family)
    return [(family, those) for family, those in found if those]


class FamilyBoard(BoardPage):
    """The levers of one family: stock, requests, bookings."""

    title = "Hefbomen"

    def setup(self, request: Any, *args: Any, **keys: Any) -> None:
        """Read the levers once for the whole page."""
        super().setup(request, *args, **keys)
        if keys["family"] not in Family.values:
            raise Http404
        self._family = Family(keys["family"])

    def get(self, request: DeskRequest, *args: Any, **keys: Any) -> HttpResponse:
        """The page."""
        self._levers = list(levers_of_family(current(), self._family))
        self._bookings = bookings_seen(open_bookings(current(), self._levers))
        return super().get(request, *args, **keys)

    def heading(self, request: DeskRequest) -> str:
        """The family."""
        return self._family.label

    def kicker(self, request: DeskRequest) -> str:
        """Of whom."""
        return dutch.joined(sorted({lever.organisation.name for lever in self._levers})[:3] or [""])

    def figures(self, request: DeskRequest) -> Sequence[Figure]:
        """What is free, held and given."""
        if not self._levers:
            return ()
        url = request.path
        free, held, out = (
            sum(getattr(lever, name) for lever in self._levers) for name in ("free", "held", "out")
        )
        units = _UNITS[self._family]
        asked = sum(each.state is BookingState.REQUESTED for each in self._bookings)
        return (
            Figure(free, f"{units} vrij", url),
            Figure(held, "vastgehouden voor iemand", url),
            Figure(out, "in gebruik", url),
            Figure(asked, "vragen zonder antwoord", url),
        )

    def sections(self, request: DeskRequest) -> Sequence[Section]:
        """Questions first, then the stock, then who has what."""
        return [
            *(_ask_section(ask) for ask in _asks(request, self._levers)),
            *_weeks(self._family, self._levers),
            Section(
                "Voorraad", template="web/levers/stock.html", data=_lines(request, self._levers)
            ),
            _booking_section(request, self._bookings),
        ]


def _asks(request: DeskRequest, levers: Sequence[Lever]) -> list[Ask]:
    today = timezone.localdate()
    found = []
    for lever in stale_levers(levers, today):
        confirm, stock = _confirm_url(request, lever), _stock_url(request, lever)
        if confirm:
            found.append(Ask(lever, _since(lever, today), confirm, stock))
    return found


def _ask_section(ask: Ask) -> Section:
    return Section(template="web/levers/ask.html", data=ask)


def _since(lever: Lever, today: date) -> str:
    rest = "Zolang niemand antwoordt, telt het plan minder op deze voorraad."
    if lever.confirmed_on is None:
        return f"Nog nooit bevestigd. {rest}"
    days = dutch.count((today - lever.confirmed_on).days, "dag", "dagen")
    return f"Laatst bevestigd op {dutch.day(lever.confirmed_on)}, {days} geleden. {rest}"


_UNITS = {
    Family.BIKES: "fietsen en fietslessen",
    Family.CHILDCARE: "dagdelen opvang",
    Family.TRAINING: "plaatsen",
    Family.TRANSPORT: "zitplaatsen",
}
MOST_SITES = 3


def _weeks(family: Family, levers: Sequence[Lever]) -> list[Section]:
    # A director with many sites sees the table; each site has its weeks on its own page.
    if family is not Family.CHILDCARE or len(levers) > MOST_SITES:
        return []
    return [weeks_section(lever, f"Bezetting: {lever.name}") for lever in levers]


def weeks_section(lever: Lever, title: str) -> Section:
    """Two weeks of a site."""
    today = timezone.localdate()
    rows = weeks_of(lever, today)
    days = sorted({cell.day for cells in rows.values() for cell in cells})
    table = [
        (dutch.capital(PART_WORDS[part]), [_on(day, cells) for day in days])
        for part, cells in rows.items()
    ]
    data = Occupancy(lever, days, today, table)
    return Section(title, template="web/levers/weeks.html", data=data)


def _on(day: date, cells: Sequence[Cell]) -> Cell | None:
    return next((cell for cell in cells if cell.day == day), None)


def _lines(request: DeskRequest, levers: Sequence[Lever]) -> list[LeverLine]:
    today = timezone.localdate()
    return [
        LeverLine(
            lever,
            confirmed_status(lever, today),
            lever.is_stale(today),
            _confirm_url(request, lever),
            _stock_url(request, lever),
        )
        for lever in levers
    ]


def confirmed_status(lever: Lever, today: date) -> Status:
    """Whether the stock is known, in words."""
    if lever.confirmed_on is None:
        return Status("nog niet bevestigd", Tone.NEEDS_YOU)
    if lever.is_stale(today):
        return Status(f"verouderd, van {dutch.day(lever.confirmed_on)}", Tone.NEEDS_YOU)
    return Status(f"bevestigd op {dutch.day(lever.confirmed_on)}", Tone.GOOD)


def _booking_section(request: DeskRequest, bookings: Sequence[BookingSeen]) -> Section:
    return Section(
        "Vragen en boekingen",
        template="web/levers/bookings.html",
        data={"lines": booking_lines(bookings), "back": request.path, "step": _may_step(request)},
    )


def _may_step(request: DeskRequest) -> bool:
    return request.access.may_open("levers:step", "POST")


def booking_lines(bookings: Sequence[BookingSeen]) -> list[BookingLine]:
    """Bookings with their status and steps, requests first."""
    role = current().role
    tones = {BookingState.REQUESTED: Tone.NEEDS_YOU, BookingState.HANDED_OVER: Tone.GOOD}
    lines = [
        BookingLine(
            each,
            steps_for(role, each.state, each.family),
            Status(each.word, tones.get(each.state, Tone.QUIET)),
        )
        for each in bookings
    ]
    order = list(BookingState)
    return sorted(lines, key=lambda line: (order.index(line.seen.state), line.seen.starts_on))


class LeverFile(FilePage):
    """One lever: its facts, its stock, who has it, and its ledger as the timeline."""

    def subject(self, request: DeskRequest, **keys: Any) -> Lever:
        """A lever that the reader may see."""
        return get_object_or_404(with_stock(visible_levers(current())), pk=keys["pk"])

    def head(self, request: DeskRequest, subject: Lever) -> Head:
        """Name, kind, whether the stock is known."""
        book = open_address(request, "levers:book", keys={"pk": subject.pk})
        stock = _stock_url(request, subject)
        step = Link("Boek voor iemand", book) if book else Link("Pas de voorraad aan", stock)
        return Head(
            subject.name,
            above=lever_crumbs(request, subject, subject.name),
            about=f"{subject.shown_kind.title} · {subject.organisation}",
            status=confirmed_status(subject, timezone.localdate()),
            next_step=step if step.url else None,
        )

    def kinds(self, request: DeskRequest, subject: Lever) -> Sequence[Any]:
        """No obstacles here."""
        return ()

    def sections(self, request: DeskRequest, subject: Lever) -> Sequence[Section]:
        """The question, the facts, the stock, the bookings."""
        asks = [_ask_section(ask) for ask in _asks(request, [subject])]
        weeks = [weeks_section(subject, "Bezetting")] if subject.family is Family.CHILDCARE else []
        bookings = bookings_seen(open_bookings(current(), [subject]))
        return [
            *asks,
            Section("Gegevens", facts=lever_facts(subject), more=_more(request, subject, "edit")),
            *weeks,
            *_part_sections(request, subject),
            _booking_section(request, bookings),
        ]

    def timeline(self, request: DeskRequest, subject: Lever) -> Sequence[Event]:
        """The ledger."""
        return [_event(told) for told in ledger_told(current(), subject, SHOWN_ACTS)]


def _part_sections(request: DeskRequest, lever: Lever) -> list[Section]:
    if lever.family is not Family.TRANSPORT:
        return []
    parts = lever.parts.select_related("run")
    rows = [(parts_in_words(lever.family, [part]), part) for part in parts]
    more = _more(request, lever, "run-new")
    return [Section("Ritten", template="web/levers/parts.html", data=rows, more=more)]


def _more(request: DeskRequest, lever: Lever, name: str) -> Link | None:
    url = open_address(request, f"levers:{name}", keys={"pk": lever.pk})
    title = {"edit": "Pas de gegevens aan", "run-new": "Voeg een rit toe"}[name]
    return Link(title, url) if url else None


def lever_facts(lever: Lever) -> list[Fact]:
    """What there is, and what only this kind has."""
    counts = [
        Fact("Vrij", dutch.number(lever.free)),  # type: ignore[attr-defined]
        Fact("Vastgehouden", dutch.number(lever.held)),  # type: ignore[attr-defined]
        Fact("In gebruik", dutch.number(lever.out)),  # type: ignore[attr-defined]
    ]
    common = [
        Fact(
            "Wachten", dutch.count(lever.wait_days, "dag", "dagen") if lever.wait_days else "niet"
        ),
        Fact("Kost voor de partners", f"{dutch.number(float(lever.cost_eur))} euro per stuk"),
        Fact("Tot en met", lever.valid_until or "geen einddatum"),
        Fact(
            "Voor wie woont in",
            dutch.joined(map(str, lever.serves.all()) or [""])
            if lever.serves.exists()
            else "overal",
        ),
    ]
    return [*counts, *_FACTS[lever.family](lever), *common]


def _care_facts(lever: Lever) -> list[Fact]:
    site = lever.childcare
    return [
        Fact("Open", in_words(parse_windows(site.hours))),
        Fact("Leeftijd", f"{site.age_from} tot {site.age_to} maanden"),
    ]


def _course_facts(lever: Lever) -> list[Fact]:
    course = lever.course
    return [
        Fact("Leidt tot", course.teaches),
        Fact("Nodig om te starten", course.from_level or "niets"),
        Fact("Eerste les", course.starts_on),
        Fact("Klaar op", course.ends_on),
    ]


def _line_facts(lever: Lever) -> list[Fact]:
    line = lever.line
    return [
        Fact("Van", line.from_name),
        Fact("Naar", line.to_name),
        Fact("Onderweg", f"{line.ride_min} minuten"),
    ]


_FACTS = {
    Family.BIKES: lambda lever: [],
    Family.CHILDCARE: _care_facts,
    Family.TRAINING: _course_facts,
    Family.TRANSPORT: _line_facts,
}


def _event(told: Told) -> Event:
    amount = f"{told.amount:+d}" if told.kind is EntryKind.CAPACITY_SET else ""
    title = f"{told.word} {amount or told.case_number}".strip()
    about = ". ".join(filter(None, (told.parts, told.reason, told.by and f"Door {told.by}")))
    return Event(told.at, title, dutch.capital(about), _TONES.get(told.kind, Tone.QUIET))


class ConfirmStock(View):
    """One click: the stock is right."""

    def post(self, request: DeskRequest, pk: int) -> HttpResponse:
        """Note it, and back to where the click was."""
        lever = get_object_or_404(visible_levers(current()), pk=pk)
        actions.confirm_capacity(lever, by=user_of(request), at=timezone.now())
        notices.say(request, Done(f"Dank je. De voorraad van {lever.name} is bevestigd."))
        return HttpResponseRedirect(_back(request, file_url(pk)))


class OfLever(FormPage):
    """A form about one lever."""

    here: ClassVar[str]

    def subject(self, request: DeskRequest, **keys: Any) -> Lever:
        """The lever."""
        return get_object_or_404(visible_levers(current()), pk=keys["pk"])

    def crumbs(self, request: DeskRequest, subject: Lever) -> Sequence[Link]:
        """Over the lever."""
        return lever_crumbs(request, subject, self.here, is_below=True)


class EditStock(OfLever):
    """Sets how many there are, and confirms it in the same act."""

    here = "Voorraad"
    button = "Bewaar en bevestig de voorraad"
    intro = "Tel alles mee: wat vrij is, wat vastgehouden is en wat in gebruik is."

    def title(self, subject: Lever) -> str:
        """What is done here."""
        return f"Voorraad van {subject.name}"

    def form(self, request: DeskRequest, subject: Lever, data: Any) -> BaseForm:
        """A number per part."""
        return StockForm(data, lever=subject, parts=subject.parts.select_related("run"))

    def save(self, request: DeskRequest, subject: Lever, form: StockForm) -> tuple[Done, str]:
        """Set and confirm."""
        actions.set_stock(
            subject,
            form.wanted(),
            by=user_of(request),
            at=timezone.now(),
            reason=form.cleaned_data["reason"],
        )
        return Done(f"De voorraad van {subject.name} is bewaard en bevestigd."), file_url(
            subject.pk
        )


class NewLever(FormPage):
    """Adds a lever of the own organisation, or of any for who may."""

    button = "Voeg de hefboom toe"
    intro = "Daarna zeg je hoeveel er zijn."

    def subject(self, request: DeskRequest, **keys: Any) -> Lever:
        """An empty lever of a partner."""
        if keys["family"] not in Family.values:
            raise Http404
        owner = get_object_or_404(visible_partners(current()), pk=keys["partner"])
        return Lever(organisation=owner, kind=kinds_of(Family(keys["family"]))[0])

    def title(self, subject: Lever) -> str:
        """What is done here."""
        return f"{subject.family.label}: nieuwe hefboom van {subject.organisation}"

    def crumbs(self, request: DeskRequest, subject: Lever) -> Sequence[Link]:
        """From the boards."""
        return lever_crumbs(request, subject, "Nieuw")

    def form(self, request: DeskRequest, subject: Lever, data: Any) -> BaseForm:
        """The lever as it is."""
        return LeverForm(data, instance=subject, family=subject.family)

    def save(self, request: DeskRequest, subject: Lever, form: LeverForm) -> tuple[Done, str]:
        """Add it, and go on to its stock."""
        serves = form.cleaned_data["serves"]
        lever = actions.register_lever(
            form.save(commit=False), form.detail_or_none(), serves=serves, at=timezone.now()
        )
        next_page = "levers:run-new" if lever.family is Family.TRANSPORT else "levers:stock"
        return Done(f"{lever.name} is toegevoegd."), reverse(next_page, kwargs={"pk": lever.pk})


class EditLever(NewLever):
    """Changes a lever."""

    button = "Bewaar de hefboom"
    intro = ""

    def subject(self, request: DeskRequest, **keys: Any) -> Lever:
        """The lever."""
        return get_object_or_404(visible_levers(current()), pk=keys["pk"])

    def title(self, subject: Lever) -> str:
        """What is done here."""
        return f"{subject.name} aanpassen"

    def crumbs(self, request: DeskRequest, subject: Lever) -> Sequence[Link]:
        """Over the lever."""
        return lever_crumbs(request, subject, "Aanpassen", is_below=True)

    def save(self, request: DeskRequest, subject: Lever, form: LeverForm) -> tuple[Done, str]:
        """Store it."""
        serves = form.cleaned_data["serves"]
        lever = actions.change_lever(
            form.save(commit=False), form.detail_or_none(), serves=serves, at=timezone.now()
        )
        return Done(f"{lever.name} is bewaard."), file_url(lever.pk)


class NewRun(OfLever):
    """Adds a run to a line."""

    here = "Nieuwe rit"
    button = "Voeg de rit toe"
    intro = "Daarna zeg je hoeveel zitplaatsen er zijn."

    def subject(self, request: DeskRequest, **keys: Any) -> Lever:
        """A line."""
        levers = visible_levers(current()).filter(line__isnull=False)
        return get_object_or_404(levers, pk=keys["pk"])

    def title(self, subject: Lever) -> str:
        """What is done here."""
        return f"Nieuwe rit van {subject.name}"

    def form(self, request: DeskRequest, subject: Lever, data: Any) -> BaseForm:
        """An empty run."""
        return RunForm(data)

    def save(self, request: DeskRequest, subject: Lever, form: RunForm) -> tuple[Done, str]:
        """Add it, and go on to its seats."""
        actions.add_run(subject, form.run(), at=timezone.now())
        return Done("De rit is toegevoegd."), reverse("levers:stock", kwargs={"pk": subject.pk})


class BookLever(OfLever):
    """Holds a lever for somebody."""

    here = "Boeken"
    button = "Houd dit vast"
    intro = "Koempel houdt dit vast en laat het na de afgesproken termijn weer los."

    def title(self, subject: Lever) -> str:
        """What is done here."""
        return f"Boek bij {subject.name}"

    def form(self, request: DeskRequest, subject: Lever, data: Any) -> BaseForm:
        """For whom, which parts, from when."""
        return BookingForm(data, lever=subject, key=uuid4().hex)

    def save(self, request: DeskRequest, subject: Lever, form: BookingForm) -> tuple[Done, str]:
        """Hold it."""
        facts = form.cleaned_data
        if person_or_none(facts["case_number"]) is None:
            raise KoempelError("Dit dossier bestaat niet, of je begeleidt deze persoon niet.")
        wish = actions.Wish(
            facts["case_number"],
            form.chosen(),
            starts_on=facts["starts_on"],
            ends_on=facts["ends_on"],
            key=facts["key"],
        )
        booking = actions.book_lever(wish, by=user_of(request), at=timezone.now())
        until = dutch.day(booking.hold_until) if booking.hold_until else ""
        code = f" Code van de bon: {booking.voucher}." if booking.voucher else ""
        return Done(f"Vastgehouden tot en met {until}.{code}"), file_url(subject.pk)


STEP_ACTIONS: dict[BookingState, Callable[..., LeverBooking]] = {
    BookingState.HELD: lambda booking, reason, **by: actions.hold_booking(booking, **by),
    BookingState.HANDED_OVER: lambda booking, reason, **by: actions.hand_over(booking, **by),
    BookingState.RETURNED: actions.return_lever,
    BookingState.RELEASED: actions.release_booking,
    BookingState.LOST: actions.report_loss,
}
SAID = {
    BookingState.HELD: "Vastgehouden tot de afgesproken dag.",
    BookingState.HANDED_OVER: "Genoteerd. Dank je.",
    BookingState.RETURNED: "Genoteerd. Dit is weer vrij voor iemand anders.",
    BookingState.RELEASED: "Losgelaten. De begeleider ziet waarom.",
    BookingState.LOST: "Genoteerd: verloren. De voorraad is één minder.",
}


class BookingStep(View):
    """A step of a booking: hold, hand over, bring back, let go, lost."""

    def post(self, request: DeskRequest, pk: int) -> HttpResponse:
        """Take the step, and back to where the button was."""
        booking = get_object_or_404(visible_bookings(current()), pk=pk)
        form = StepForm(request.POST, role=current().role, booking=booking)
        if form.is_valid():
            _take(request, booking, form)
        else:
            notices.warn(request, _why_not(form))
        return HttpResponseRedirect(_back(request, file_url(booking.lever_id)))


def _take(request: DeskRequest, booking: LeverBooking, form: StepForm) -> None:
    to = BookingState(form.cleaned_data["step"])
    try:
        reason = form.cleaned_data["reason"]
        STEP_ACTIONS[to](booking, reason=reason, by=user_of(request), at=timezone.now())
    except KoempelError as error:
        notices.warn(request, str(error))
    else:
        notices.say(request, Done(SAID[to]))


def _why_not(form: StepForm) -> str:
    if "reason" in form.errors:
        return f"Er is niets veranderd. {form.errors['reason'][0]}"
    return "Die stap kan nu niet. Kijk hieronder hoe het ervoor staat."


class VoucherPage(View):
    """The counter of the re-use shop: a code, a first name, one button."""

    door = Door("Bonnen", "scan", 59)

    def get(self, request: DeskRequest) -> HttpResponse:
        """The counter, with the voucher when a code was typed."""
        form = VoucherForm(request.GET if "code" in request.GET else None)
        found = voucher_booking(current(), form.cleaned_data["code"]) if form.is_valid() else None
        today = timezone.localdate()
        content = {
            "form": form,
            "is_asked": form.is_bound,
            "booking": bookings_seen([found])[0] if found else None,
            "lever": found.lever if found else None,
            "status": _voucher_status(found, today) if found else None,
            "is_valid": found is not None and found.state == BookingState.HELD,
            "days_left": (found.hold_until - today).days if found and found.hold_until else 0,
            "today": given_since(current(), _midnight(today)),
            "month": given_since(current(), _midnight(today.replace(day=1))),
            "stock": with_stock(visible_levers(current()).filter(is_active=True)),
            "organisation": user_of(request).organisation,
        }
        return render(request, "web/levers/vouchers.html", content)


def _voucher_status(booking: LeverBooking, today: date) -> Status:
    if booking.state == BookingState.HELD:
        return Status("Geldig", Tone.GOOD)
    return Status(dutch.capital(booking.get_state_display()), Tone.BAD)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def family_url(family: Family) -> str:
    """The address of a board."""
    return reverse("levers:family", kwargs={"family": family.value})


def file_url(pk: int) -> str:
    """The address of a lever."""
    return reverse("levers:file", kwargs={"pk": pk})


def lever_crumbs(
    request: DeskRequest, lever: Lever, title: str, *, is_below: bool = False
) -> list[Link]:
    """The way from the boards to a page."""
    way = [
        Link("Hefbomen", open_address(request, "levers:board")),
        Link(lever.family.label, family_url(lever.family)),
    ]
    if is_below:
        way.append(Link(lever.name, file_url(lever.pk)))
    return [*way, Link(title, "")]


def _confirm_url(request: DeskRequest, lever: Lever) -> str:
    return open_address(request, "levers:confirm", method="POST", keys={"pk": lever.pk})


def _stock_url(request: DeskRequest, lever: Lever) -> str:
    return open_address(request, "levers:stock", keys={"pk": lever.pk})


def _back(request: DeskRequest, otherwise: str) -> str:
    target = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure())
    return target if is_ours else otherwise
