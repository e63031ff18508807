"""A year of toeleiding, day by day: every mail, reminder and escalation once, and no other.

The duties that touch people, jobs and mail run three times a day, with the moment as an argument.
What each story must bring about is written out beside it.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from desk.factories.jobs import VacancyFactory
from desk.factories.partners import ContactFactory
from desk.planning.world import as_guide, seeker
from koempel.desk.common import audit
from koempel.desk.common.context import acting, system
from koempel.desk.jobs.models import Vacancy
from koempel.desk.mail.models import Mail
from koempel.desk.operations.duties import duties
from koempel.desk.operations.models import DutyRun
from koempel.desk.operations.schedule import run_due
from koempel.desk.people.models import TimelineEntry
from koempel.desk.referrals import actions
from koempel.desk.referrals.enums import Reason
from koempel.desk.referrals.models import SILENT, Referral
from koempel.desk.referrals.rules import NOTHING, Words

pytestmark = pytest.mark.django_db

FIRST = datetime(2026, 11, 23, 9, tzinfo=UTC)
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
DAYS, EVERY = 365, 3
"""How long it goes on, and after how many days somebody is referred again."""
DUTIES = {"mail", "mail-texts", "silence", "reminders", "vacancies", "holds", "retention"}
LOOKS = (MINUTE, 30 * MINUTE, 12 * HOUR)
"""When the worker looks, after what people did that day."""


@dataclass(frozen=True)
class Story:
    """What people do so many days after somebody was referred, and what must follow from it."""

    by_mail: bool
    acts: dict[int, str] = field(default_factory=dict)
    mails: tuple[str, ...] = ()
    silences: tuple[str, ...] = ()


_THREE = 3 * ("gesprek",)
"""Invited, moved and called off."""

STORIES = (
    Story(True, {8: "withdraw"}, ("vraag", "herinnering", "einde"), ("REFERRED",)),
    Story(True, {1: "decline"}, ("vraag",)),
    Story(True, {4: "invite", 6: "move", 7: "decline"}, ("vraag", "herinnering", *_THREE)),
    Story(
        True,
        {1: "offer", 2: "choose", 9: "interview", 12: "decline"},
        ("vraag", "uren", "gesprek", "gekozen"),
    ),
    Story(True, {1: "offer", 9: "decline"}, ("vraag", "uren", "uren"), ("OFFERED",)),
    Story(False, {9: "invite", 20: "no_show"}, ("gesprek",), ("REFERRED",)),
    Story(True, {0: "decline"}),
)


class Year:
    """People who refer and answer, each by their story."""

    def __init__(self, town) -> None:
        self.town = town
        self.told: dict[int, tuple[Story, datetime]] = {}
        self.people = [seeker(town.guide, email=f"p{each}@koempel.invalid") for each in range(20)]

    def act(self, at: datetime, day: int) -> None:
        """Refer somebody, and take the steps of today."""
        if day % 60 == 0:
            self._new_vacancy(at)
        if day % EVERY == 0 and day < DAYS - 30:
            self._refer(at, day // EVERY)
        for key, (story, since) in self.told.items():
            step = story.acts.get((at - since).days)
            if step:
                self._step(key, step, at + MINUTE)

    def _new_vacancy(self, at: datetime) -> None:
        today = timezone.localdate(at)
        self.vacancy = VacancyFactory(
            employer=self.town.vacancy.employer,
            seats=30,
            publish_from=today,
            publish_to=today + 80 * DAY,
            start_from=today + 7 * DAY,
            start_to=today + 90 * DAY,
        )

    def _refer(self, at: datetime, number: int) -> None:
        story, person = STORIES[number % len(STORIES)], self.people[number % len(self.people)]
        with as_guide(self.town.guide):
            (made,) = actions.refer(
                Vacancy.objects.get(pk=self.vacancy.pk), [person.pk], message="",
                by_mail=story.by_mail, by=self.town.guide, at=at,
            )  # fmt: skip
        self.told[made.pk] = story, at

    def _step(self, key: int, step: str, at: datetime) -> None:
        slots = (at + 4 * DAY, at + 5 * DAY)
        if step == "choose":
            slot = Referral.objects.get(pk=key).slots.first().at
            with acting(system("test")):
                actions.choose_by_link(key, slot, at=at)
            return
        words = {
            "invite": Words(at + 3 * DAY, "Schachtstraat 1", by_mail=True),
            "move": Words(at + 4 * DAY, "Schachtstraat 1", by_mail=True),
            "offer": Words(talk_place="Schachtstraat 1", slots=slots, by_mail=True),
            "decline": Words(reason=Reason.FILLED),
            "withdraw": Words(reason=Reason.FILLED),
        }.get(step, NOTHING)
        by = self.town.guide if step == "withdraw" else self.town.boss
        with acting(system("test")):
            actions.take_step(key, step, words, by=by, at=at)


@pytest.fixture
def year(town, settings, tmp_path):
    settings.DATA_DIR, settings.AUDIT_HEADS = tmp_path, tmp_path / "heads.jsonl"
    settings.BACKUP_FOLDER = tmp_path / "backups"
    settings.MAIL, settings.MAIL_FOLDER = "folder", tmp_path / "mail"
    ContactFactory(organisation=town.vacancy.employer, email="ploeg@koempel.invalid")
    with acting(system("test")):
        return Year(town)


def test_year_brings_every_mail_reminder_and_escalation_once(year, settings):
    arrived: Counter[str] = Counter()
    chosen = [duty for duty in duties() if duty.name in DUTIES]
    for day in range(DAYS):
        at = FIRST + day * DAY
        year.act(at, day)
        for look in LOOKS:
            before = names_in(settings.MAIL_FOLDER)
            run_due(chosen, at=at + look)
            arrived.update(names_in(settings.MAIL_FOLDER) - before)

    assert len(year.told) > 100
    assert dict(DutyRun.objects.values_list("name", "outcome")) == dict.fromkeys(DUTIES, "DONE")
    assert set(arrived.values()) == {1}
    for key, (story, _) in year.told.items():
        assert mails_of(key) == Counter(story.mails), story
        assert silences_of(key) == list(story.silences), story
    assert arrived.total() == sum(len(story.mails) for story, _ in year.told.values())
    assert Mail.objects.filter(state="WAITING").count() == 0
    assert list(audit.verify()) == []
    assert timeline("Geen antwoord van de werkgever") == sum(
        "REFERRED" in story.silences for story, _ in year.told.values()
    )
    assert timeline("Werkgever herinnerd") == sum(
        "herinnering" in story.mails for story, _ in year.told.values()
    )


def names_in(folder):
    return {file.name for file in folder.iterdir()} if folder.exists() else set()


def mails_of(key: int) -> Counter[str]:
    """What left about a referral."""
    rows = Mail.objects.filter(key__startswith=f"verwijzing/{key}/", state="SENT")
    return Counter(each.split("/")[2] for each in rows.values_list("key", flat=True))


def silences_of(key: int) -> list[str]:
    events = Referral.objects.get(pk=key).events.filter(step=SILENT)
    return list(events.values_list("to_state", flat=True))


def timeline(title: str) -> int:
    with acting(system("test")):
        return TimelineEntry.objects.filter(title__startswith=title).count()
