"""Several referrals at once: withdrawn for one reason, taken back in one undo."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from desk.factories.referrals import ReferralFactory
from desk.planning.world import seeker
from koempel.desk.common.context import acting, system
from koempel.desk.referrals.actions import take_back_many, withdraw_many
from koempel.desk.referrals.enums import Reason
from koempel.desk.referrals.errors import NotNowError, ReferralError, TooLateError
from koempel.desk.referrals.models import Referral
from koempel.desk.referrals.rules import Words

pytestmark = pytest.mark.django_db

NOW = timezone.now()
GONE = Words(reason=Reason.FILLED)
FULL = Words(reason=Reason.SOMEBODY_ELSE)


@pytest.fixture
def pair(town):
    with acting(system("test")):
        second = seeker(town.guide)
    return town.refer(town.person, second, at=NOW)


def states():
    return list(Referral.objects.order_by("pk").values_list("state", "reason"))


def keys(rows):
    return [row.pk for row in rows]


def do(action, *arguments, town, at=NOW):
    with acting(system("test")):
        return action(*arguments, by=town.guide, at=at)


def test_all_are_withdrawn_or_none(town, pair):
    town.step(pair[1], "decline", FULL, at=NOW)

    with pytest.raises(NotNowError):
        do(withdraw_many, keys(pair), GONE, town=town)
    assert states() == [("REFERRED", ""), ("NOT_HIRED", "SOMEBODY_ELSE")]


def test_withdrawing_together_is_taken_back_together(town, pair):
    do(withdraw_many, keys(pair), GONE, town=town)
    assert states() == [("WITHDRAWN", "FILLED")] * 2

    do(take_back_many, keys(pair), town=town, at=NOW + timedelta(minutes=9))

    assert states() == [("REFERRED", "")] * 2


def test_referring_together_is_taken_back_together(town, pair):
    assert do(take_back_many, keys(pair), town=town) == 2
    assert not Referral.objects.exists()


@pytest.mark.parametrize("why", ["another step", "too late", "nothing"])
def test_nothing_is_taken_back_when_one_cannot_be(town, pair, why):
    if why == "another step":
        town.step(pair[1], "decline", FULL, at=NOW)
    at = NOW + timedelta(minutes=11 if why == "too late" else 1)
    chosen = [] if why == "nothing" else keys(pair)

    with pytest.raises(TooLateError if why == "too late" else ReferralError):
        do(take_back_many, chosen, town=town, at=at)
    assert Referral.objects.count() == 2


def test_guide_withdraws_several_from_the_list_and_undoes_it(client, town, pair):
    client.force_login(town.guide)
    chosen = {"kies": keys(pair), "doe": "withdraw"}

    asked = client.post(reverse("referrals:list"), chosen, follow=True)
    page = asked.content.decode()
    assert ("Trek 2 verwijzingen in" in page, "Yara Stutvinder" in page) == (True, True)
    address = asked.request["PATH_INFO"] + "?" + asked.request["QUERY_STRING"]
    done = client.post(address, {"reason": "FILLED"}, follow=True).content.decode()
    assert "2 verwijzingen ingetrokken." in done
    assert states() == [("WITHDRAWN", "FILLED")] * 2

    client.post(address.replace("intrekken", "terug"))
    assert states() == [("REFERRED", "")] * 2


def test_reason_is_needed(client, town, pair):
    client.force_login(town.guide)
    url = f"{reverse('referrals:withdraw')}?verwijzing={pair[0].pk}"

    assert client.post(url, {}).status_code == 422
    assert states()[0] == ("REFERRED", "")


def test_referrals_of_others_and_what_is_over_are_left_out(client, town, pair):
    foreign = ReferralFactory()
    town.step(pair[1], "decline", FULL, at=NOW)
    client.force_login(town.guide)
    asked = "&".join(f"verwijzing={key}" for key in (foreign.pk, *keys(pair)))

    client.post(f"{reverse('referrals:withdraw')}?{asked}", {"reason": "FILLED"})

    foreign.refresh_from_db()
    assert foreign.state == "REFERRED"
    assert states()[:2] == [("WITHDRAWN", "FILLED"), ("NOT_HIRED", "SOMEBODY_ELSE")]


def test_who_chose_nobody_goes_to_the_list_to_choose(client, town):
    client.force_login(town.guide)
    answer = client.get(reverse("referrals:withdraw"), follow=True)
    assert answer.redirect_chain == [(reverse("referrals:list"), 302)]
    assert "Kies eerst in de lijst wie je wil intrekken." in answer.content.decode()


@pytest.mark.parametrize("asked", ["?verwijzing=999999", "?verwijzing=x"])
def test_nothing_to_withdraw_is_no_page(client, town, asked):
    client.force_login(town.guide)
    assert client.get(reverse("referrals:withdraw") + asked).status_code == 404


def test_employer_is_not_offered_to_withdraw(client, town, pair):
    client.force_login(town.boss)
    assert "Trek in" not in client.get(reverse("referrals:list")).content.decode()


def test_several_referred_with_one_button_are_taken_back_with_one(client, town):
    with acting(system("test")):
        second = seeker(town.guide)
    client.force_login(town.guide)
    who = [town.person.case_number, second.case_number]
    url = reverse("referrals:candidates", kwargs={"number": town.vacancy.number})
    client.post(url, {"who": who})
    asked = "&".join(f"verwijzing={row.pk}" for row in Referral.objects.all())

    done = client.post(f"{reverse('referrals:undo-many')}?{asked}", follow=True)

    assert "2 verwijzingen: teruggenomen." in done.content.decode()
    assert not Referral.objects.exists()
