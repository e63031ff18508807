"""The open vacancies of a municipality for everybody, and where a director decides so."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, Final

from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.feedgenerator import Atom1Feed
from django.views import View

from koempel.desk.accounts.models import User
from koempel.desk.common.days import midnight
from koempel.desk.jobs.exchange.jobposting import listed, posting_of
from koempel.desk.jobs.feeds import can_switch, public_feed, public_vacancies, switch_feed
from koempel.desk.jobs.models import Vacancy, VacancyFeed
from koempel.desk.partners.models import Municipality
from koempel.desk.planning.snapshot import partner_municipalities
from koempel.desk.web.pages.board import BoardPage
from koempel.desk.web.pages.button import ButtonView
from koempel.desk.web.pages.notices import Done
from koempel.desk.web.pages.pace import Pace
from koempel.desk.web.pages.request import DeskRequest, user_of
from koempel.desk.web.pages.values import Link, Section, Status, Tone
from koempel.region import dutch

PACE: Final = Pace("feed", most=120, minutes=10)
"""More than any reader of feeds needs; who asks on and on comes to a stop."""

KEPT_SECONDS: Final = 900
JSON_TYPE: Final = "application/ld+json"


# ---- for everybody -----------------------------------------------------------------------------


class PublicView(View):
    """Something of a feed that is on; off, absent and unknown answer alike."""

    http_method_names = ("get", "head")

    def get(self, request: HttpRequest, nis: str) -> HttpResponse:
        """The answer, within the pace."""
        if not PACE.allows_visitor(request, at=timezone.now()):
            text = f"Te veel vragen. Probeer het over {PACE.minutes} minuten opnieuw."
            return HttpResponse(text, status=429, content_type="text/plain; charset=utf-8")
        feed = public_feed(nis)
        if feed is None:
            raise Http404
        return self.answer(request, feed)

    def answer(self, request: HttpRequest, feed: VacancyFeed) -> HttpResponse:
        """What this address gives."""
        raise NotImplementedError


class JsonFeed(PublicView):
    """The vacancies as a list of schema.org JobPosting."""

    def answer(self, request: HttpRequest, feed: VacancyFeed) -> HttpResponse:
        """The list, for any website."""
        text = json.dumps(listed(map(_posting, _rows(feed))), ensure_ascii=False)
        response = HttpResponse(text, content_type=JSON_TYPE)
        # A page of the municipality may ask for it from the browser of its reader.
        response["Access-Control-Allow-Origin"] = "*"
        return _kept(request, response)


class AtomFeed(PublicView):
    """The vacancies for who follows them in a reader."""

    def answer(self, request: HttpRequest, feed: VacancyFeed) -> HttpResponse:
        """The feed."""
        return _kept(request, _Atom()(request, feed=feed))


class PublicPage(PublicView):
    """The vacancies on a page; where the lines of a reader lead."""

    def answer(self, request: HttpRequest, feed: VacancyFeed) -> HttpResponse:
        """The page."""
        content = {"feed": feed, "vacancies": _rows(feed), "atom": _url("atom", feed)}
        return render(request, "web/jobs/public.html", content)


def _rows(feed: VacancyFeed) -> Sequence[Vacancy]:
    return list(public_vacancies(feed, timezone.localdate()))


def _posting(vacancy: Vacancy) -> dict[str, Any]:
    # Others want to know what is still free.
    return posting_of(vacancy) | {"totalJobOpenings": vacancy.seats_left}


def _kept(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """An answer that may be kept for a while, and is not sent again while it is the same."""
    etag = f'"{sha256(response.content).hexdigest()[:32]}"'
    response["ETag"] = etag
    response["Cache-Control"] = f"public, max-age={KEPT_SECONDS}"
    found = get_conditional_response(request, etag=etag, response=response) or response
    found["Cache-Control"] = response["Cache-Control"]
    return found


class _Atom(Feed):  # type: ignore[type-arg] # generic in its stubs only
    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest, feed: VacancyFeed) -> VacancyFeed:
        return feed

    def title(self, feed: VacancyFeed) -> str:
        return f"Vacatures in {feed.municipality}"

    def link(self, feed: VacancyFeed) -> str:
        return _url("page", feed)

    def items(self, feed: VacancyFeed) -> Sequence[Vacancy]:
        return _rows(feed)

    def item_title(self, item: Vacancy) -> str:
        return item.title

    def item_description(self, item: Vacancy) -> str:
        hours = dutch.trimmed(float(item.hours_per_week))
        start = dutch.day(item.start_from)
        return f"{item.employer}, {item.village}. {hours} uren per week. Start vanaf {start}."

    def item_link(self, item: Vacancy) -> str:
        url = reverse("feed:page", kwargs={"nis": item.village.municipality_id})
        return f"{url}#{item.number}"

    def item_pubdate(self, item: Vacancy) -> datetime | None:
        first = item.publish_from
        return midnight(first) if first else None

    def item_updateddate(self, item: Vacancy) -> datetime:
        return item.changed_at


# ---- for who directs ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FeedLine:
    """A municipality: whether its vacancies are public, and where."""

    municipality: Municipality
    status: Status
    told: str
    addresses: Sequence[Link]
    switch_url: str
    is_on: bool


class FeedsPage(BoardPage):
    """Which municipalities make their vacancies public, and how a website uses them."""

    title = "Openbare vacatures"

    def crumbs(self, request: DeskRequest) -> Sequence[Link]:
        """From the list."""
        return [Link("Jobs", reverse("jobs:list")), Link("Openbaar", "")]

    def sections(self, request: DeskRequest) -> Sequence[Section]:
        """A line per municipality, and what to tell who makes the website."""
        lines = list(map(_line_for(request), _municipalities()))
        return [
            Section("Per gemeente", template="web/jobs/feeds.html", data=lines),
            Section("Zo gebruikt een website ze", template="web/jobs/feed_how.html", data=PACE),
        ]


def _municipalities() -> Sequence[Municipality]:
    """Those of the partnership, with their switch."""
    ours = [each.nis for each in partner_municipalities()]
    rows = Municipality.objects.filter(nis__in=ours).select_related("feed__changed_by")
    return list(rows)


def _line_for(request: DeskRequest) -> Callable[[Municipality], FeedLine]:
    user = user_of(request)

    def line(municipality: Municipality) -> FeedLine:
        feed = getattr(municipality, "feed", None)
        is_on = feed is not None and feed.is_on
        url = reverse("jobs:feed-switch", kwargs={"nis": municipality.nis})
        return FeedLine(
            municipality,
            Status("openbaar", Tone.GOOD) if is_on else Status("niet openbaar"),
            _told(feed),
            _addresses(request, feed) if feed is not None and is_on else (),
            url if can_switch(user, municipality) else "",
            is_on,
        )

    return line


def _addresses(request: DeskRequest, feed: VacancyFeed) -> Sequence[Link]:
    kinds = (("page", "Bladzijde"), ("json", "JSON-LD"), ("atom", "Atom"))
    return [Link(word, request.build_absolute_uri(_url(name, feed))) for name, word in kinds]


def _told(feed: VacancyFeed | None) -> str:
    if feed is None:
        return "Niemand zette dit aan."
    verb = "aangezet" if feed.is_on else "afgezet"
    day = dutch.day(timezone.localdate(feed.changed_at))
    return f"{dutch.capital(verb)} op {day} door {feed.changed_by}."


class SwitchFeed(ButtonView):
    """Makes the vacancies of a municipality public, or no longer."""

    def subject(self, request: DeskRequest, **keys: Any) -> Municipality:
        """The municipality with this code."""
        return get_object_or_404(Municipality, nis=keys["nis"])

    def press(
        self, request: DeskRequest, subject: Municipality, *, by: User, at: datetime
    ) -> tuple[Done, str]:
        """Switch, then the page again; the other way round undoes it."""
        is_on = request.POST.get("stand") == "aan"
        switch_feed(subject, is_on=is_on, by=by, at=at)
        word = "nu openbaar" if is_on else "niet meer openbaar"
        return Done(f"De vacatures in {subject} zijn {word}."), self.back(subject)

    def back(self, subject: Municipality) -> str:
        """To the page of all of them."""
        return reverse("jobs:feeds")


def _url(name: str, feed: VacancyFeed) -> str:
    return reverse(f"feed:{name}", kwargs={"nis": feed.pk})
