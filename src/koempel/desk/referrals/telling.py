"""What a timeline says about a referral."""

from koempel.desk.common.days import appointment
from koempel.desk.referrals.enums import ReferralState
from koempel.desk.referrals.models import Referral
from koempel.region import dutch

_TITLES = {
    ReferralState.REFERRED: "Verwezen naar",
    ReferralState.OFFERED: "Uren voor een gesprek voorgesteld",
    ReferralState.INVITED: "Uitgenodigd voor een gesprek",
    ReferralState.INTERVIEWED: "Gesprek gehad",
    ReferralState.HIRED: "Aangeworven",
    ReferralState.NOT_HIRED: "Niet aangeworven",
    ReferralState.NO_SHOW: "Niet gekomen naar het gesprek",
    ReferralState.WITHDRAWN: "Verwijzing ingetrokken",
}


def told(referral: Referral) -> tuple[str, str]:
    """Where a referral stands, as a title and a line below it."""
    vacancy = referral.vacancy
    title = f"{_TITLES[ReferralState(referral.state)]}: {vacancy.title}, {vacancy.employer}"
    return title[:200], _more(referral)


def _more(referral: Referral) -> str:
    if referral.state == ReferralState.REFERRED:
        return referral.message
    if referral.state == ReferralState.OFFERED:
        return " · ".join(appointment(each.at) for each in referral.slots.all())
    if referral.state == ReferralState.INVITED and referral.talk_at is not None:
        return ", ".join(filter(None, (appointment(referral.talk_at), referral.talk_place)))
    if referral.state == ReferralState.HIRED and referral.starts_on is not None:
        return f"Eerste werkdag: {dutch.day(referral.starts_on)}"
    return ". ".join(
        filter(
            None, (referral.get_reason_display() if referral.reason else "", referral.explanation)
        )
    )
