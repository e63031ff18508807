"""What the worker does for people: a large file."""

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from koempel.desk.common.sheet_plans import counts_of, keep_wrong_rows
from koempel.desk.common.sheets import Sheet
from koempel.desk.common.uploads import store
from koempel.desk.people.imports import TITLES, apply_import, plan_import
from koempel.desk.work.actions import finish
from koempel.desk.work.models import Work
from koempel.desk.work.running import Tell, carry_out
from koempel.region import dutch


@task()
def import_people(key: str) -> None:
    """Read a kept file in. Its facts: the token of the file, and the column of each fact."""
    try:
        carry_out(key, _read_in)
    finally:
        # However it ended, and also when it never began.
        store().let_go(Work.objects.get(pk=key).facts["token"])


def _read_in(work: Work, tell: Tell) -> None:
    token = work.facts["token"]
    sheet = Sheet.kept_in(store().at_work(token))
    total, now = len(sheet.rows), timezone.now()
    today = timezone.localdate(now)

    def watch(count: int) -> None:
        tell(count, total, f"Rij {dutch.number(count + 1)} wordt nagekeken.")

    mapping = work.facts["mapping"]
    plan = plan_import(sheet, mapping=mapping, by=work.owner, today=today, watch=watch)
    tell(total, total, "Alles wordt in één keer bewaard. Stoppen kan nu niet meer.")
    with transaction.atomic():
        done = apply_import(plan, by=work.owner, at=now, today=today)
        # Whoever was erased in between may stand in the file; it is then gone.
        store().at_work(token)
        wrong = keep_wrong_rows(done, TITLES, owner=str(work.owner_id), now=now)
        finish(work, {"counts": counts_of(done), "wrong": wrong}, at=timezone.now())
