"""Invented work: writes an audit event per step, and can do everything that work can do wrong."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from koempel.desk.accounts.models import User
from koempel.desk.common.context import current
from koempel.desk.partners.models import Municipality
from koempel.desk.work.actions import ask_stop, finish, reap_dead, start_work
from koempel.desk.work.running import carry_out
from koempel.errors import KoempelError

ADDRESS = "people:import-check"
CANARY = "kanarie-in-een-fout"


@task()
def dig(key):
    carry_out(key, lambda work, tell: HOW[work.facts["how"]](work, tell))


def ask(by: User, how: str, at):
    return start_work(dig, by=by, address=ADDRESS, facts={"how": how}, at=at)


def _well(work, tell):
    tell(3, 10, "Rij 3 van 10.")
    with transaction.atomic():
        _make(current().purpose)
        finish(work, {"rijen": 10}, at=timezone.now())


def _refused(work, tell):
    raise KoempelError("Kolom 3 ontbreekt. Voeg ze toe.")


def _broken(work, tell):
    raise RuntimeError(CANARY)


def _unfinished(work, tell):
    tell(1, 2, "Vergeet het einde.")


def _stopped(work, tell):
    ask_stop(work, at=timezone.now())
    tell(5, 10, "Rij 5 van 10.")


def _account_closed(work, tell):
    User.objects.filter(pk=work.owner_id).update(is_active=False)
    tell(5, 10, "Rij 5 van 10.")


def _given_up(work, tell):
    reap_dead(timezone.now(), silent_for=timedelta(0))
    with transaction.atomic():
        _make("te laat")
        finish(work, {}, at=timezone.now())


def _make(name):
    Municipality.objects.create(nis="79998", name=name, lon=5.28, lat=51.04)


HOW = {
    "well": _well,
    "refused": _refused,
    "broken": _broken,
    "unfinished": _unfinished,
    "stopped": _stopped,
    "account closed": _account_closed,
    "given up": _given_up,
}
