"""What Koempel mails in toeleiding. To an employer goes no word about the person."""

from datetime import datetime

from django.utils import timezone

from koempel.desk.common.days import appointment
from koempel.desk.mail.letters import Letter, to_employer, to_person
from koempel.desk.mail.models import LINK
from koempel.desk.referrals.models import Referral
from koempel.desk.referrals.terms import link_lasts
from koempel.region import dutch


def asks_employer(referral: Referral, *, at: datetime) -> Letter:
    """That there is a candidate, and where to answer."""
    job, who = referral.vacancy.title, referral.made_by
    return to_employer(
        f"Een kandidaat voor {job}",
        f"{who.organisation} heeft een kandidaat voor uw vacature {job}.",
        f"Lees wie het is, en antwoord in twee klikken. U hebt geen account nodig:\n{LINK}",
        f"Antwoord graag voor {_due(referral)}. De link werkt tot "
        f"{_ends(at)} en is alleen voor u: geef ze niet door.",
        by=who,
    )


def reminds_employer(referral: Referral, *, at: datetime) -> Letter:
    """That a candidate still waits."""
    job = referral.vacancy.title
    return to_employer(
        f"Herinnering: een kandidaat voor {job} wacht",
        f"Op {dutch.day(timezone.localdate(referral.made_at))} schreven we u over een kandidaat "
        f"voor uw vacature {job}. Er is nog geen antwoord.",
        f"Ook een neen helpt: dan zoekt de kandidaat verder. Antwoord in twee klikken:\n{LINK}",
        f"Graag voor {_due(referral)}. Daarna zoeken we met iemand anders verder. De link "
        f"werkt tot {_ends(at)} en is alleen voor u: geef ze niet door.",
        by=referral.made_by,
    )


def tells_employer_it_is_over(referral: Referral) -> Letter:
    """That nobody has to answer any more."""
    job = referral.vacancy.title
    return to_employer(
        f"De kandidaat voor {job} is er niet meer",
        f"De kandidaat voor uw vacature {job} is er niet meer. U hoeft niets meer te doen.",
        by=referral.made_by,
    )


def invites_person(referral: Referral) -> Letter:
    """When and where the talk is."""
    return to_person(
        f"Je gesprek op {_talk_day(referral)}",
        f"Je hebt een gesprek voor een job: {_job(referral)}.",
        _when_and_where(referral),
        "In de bijlage zit de afspraak voor je agenda.",
        by=referral.made_by,
    )


def lets_person_choose(referral: Referral) -> Letter:
    """Which moments there are, and where to choose."""
    slots = "\n".join(f"- {appointment(each.at)}" for each in referral.slots.all())
    return to_person(
        "Kies een uur voor je gesprek",
        f"Je kan een gesprek hebben voor een job: {_job(referral)}. Het is hier: "
        f"{referral.talk_place}.",
        f"Kies een van deze uren:\n{slots}",
        f"Kiezen doe je hier, zonder account. Doe het voor {_due(referral)}:\n{LINK}",
        "Past geen enkel uur? Laat het dan weten.",
        by=referral.made_by,
    )


def withdraws_slots(referral: Referral) -> Letter:
    """That there is nothing to choose any more."""
    return to_person(
        "Je hoeft geen uur meer te kiezen",
        f"Het gesprek voor {_job(referral)} gaat niet door. Je hoeft geen uur meer te kiezen.",
        by=referral.made_by,
    )


def tells_employer_the_hour(referral: Referral) -> Letter:
    """Which of the offered moments was chosen."""
    return to_employer(
        f"Het gesprek voor {referral.vacancy.title} is op {_talk_day(referral)}",
        "De kandidaat koos een van de uren die u voorstelde.",
        _when_and_where(referral),
        by=referral.made_by,
    )


def moves_person(referral: Referral) -> Letter:
    """That the talk is at another moment."""
    return to_person(
        f"Je gesprek is verzet naar {_talk_day(referral)}",
        f"Je gesprek voor {_job(referral)} is verzet. Dit is het nieuwe uur:",
        _when_and_where(referral),
        "Open de bijlage: dan verschuift de afspraak ook in je agenda.",
        by=referral.made_by,
    )


def calls_off(referral: Referral) -> Letter:
    """That there is no talk."""
    assert referral.talk_at is not None, "only a talk is called off"
    return to_person(
        f"Je gesprek op {_talk_day(referral)} gaat niet door",
        f"Je gesprek voor {_job(referral)} op {appointment(referral.talk_at)} gaat niet door.",
        "Open de bijlage: dan gaat de afspraak ook uit je agenda.",
        by=referral.made_by,
    )


def _job(referral: Referral) -> str:
    return f"{referral.vacancy.title} bij {referral.vacancy.employer}"


def _when_and_where(referral: Referral) -> str:
    assert referral.talk_at is not None, "only who is invited has a talk"
    return f"Wanneer: {appointment(referral.talk_at)}\nWaar: {referral.talk_place}"


def _talk_day(referral: Referral) -> str:
    assert referral.talk_at is not None, "only who is invited has a talk"
    return dutch.day(timezone.localdate(referral.talk_at))


def _due(referral: Referral) -> str:
    assert referral.due_on is not None, "only what is open is asked"
    return dutch.day(referral.due_on)


def _ends(at: datetime) -> str:
    today = timezone.localdate(at)
    return dutch.day(today + link_lasts(today))
