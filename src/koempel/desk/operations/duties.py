"""What comes back by itself: the list of duties, for the worker."""

from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from koempel.desk.common import audit, uploads
from koempel.desk.common.heads import append_heads
from koempel.desk.common.models import CacheEntry
from koempel.desk.common.once import forget_sent_forms
from koempel.desk.jobs.actions import expire_vacancies
from koempel.desk.jobs.terms import terms
from koempel.desk.levers.actions import expire_holds
from koempel.desk.mail.actions import forget_texts
from koempel.desk.mail.sending import send_due
from koempel.desk.operations.backup import daily_backup
from koempel.desk.operations.erased import note_erased
from koempel.desk.operations.schedule import MINUTE, Duty
from koempel.desk.people.retention import give_notice, sweep
from koempel.desk.planning.actions import bury_dead_proposals, drop_old_files
from koempel.desk.planning.queries import paused
from koempel.desk.planning.runs import keep, make, read_inputs
from koempel.desk.referrals.following import give_up_waiting, remind_employers
from koempel.desk.work.actions import forget_work

TASKS_KEPT_FOR = timedelta(days=30)


def duties() -> list[Duty]:
    """All duties of this office."""
    found = list(ALWAYS)
    if settings.BACKUPS_KEPT:
        found.append(Duty("backup", "Dagelijkse back-up", back_up, hour=3))
    if settings.NIGHTLY_PLAN:
        found.append(Duty("plan", "Plan van de nacht", plan_nightly, hour=5))
    return found


def write_heads(at: datetime) -> str:
    """Write the ends of the audit chains outside the database."""
    count = append_heads(settings.AUDIT_HEADS, audit.heads(), on=at)
    return f"{count} bijgeschreven"


def list_erased(at: datetime) -> str:
    """Write who was erased beside the backups, so that none of them brings anybody back."""
    return f"{note_erased()} bijgeschreven"


def free_holds(at: datetime) -> str:
    """Free what was held past its deadline."""
    return f"{expire_holds(timezone.localdate(at), at=at)} vrijgegeven"


def close_vacancies(at: datetime) -> str:
    """Take vacancies offline whose term is over."""
    done = expire_vacancies(today=timezone.localdate(at), at=at, parameters=terms())
    return f"{done} offline gehaald"


def retain(at: datetime) -> str:
    """Give notice of what goes, and erase what is past its term and its notice."""
    today = timezone.localdate(at)
    announced = give_notice(today)
    gone = sweep(today, by_drafts=settings.TERMS_AGREED)
    return f"{announced} aangekondigd, {gone.people} dossiers en {gone.notes} notities gewist"


def bury_proposals(at: datetime) -> str:
    """End the proposals whose facts have changed."""
    return f"{bury_dead_proposals(timezone.localdate(at), at=at)} vervallen"


def plan_nightly(at: datetime) -> str:
    """Make the plan of the day, unless somebody paused the planner."""
    if paused() is not None:
        return "gepauzeerd"
    made = make(read_inputs(timezone.localdate(at), floors={}))
    run = keep(made, by=None, asked_at=at, at=timezone.now())
    return f"{run.proposals} voorstellen"


def sweep_plan_files(at: datetime) -> str:
    """Remove the inputs of runs that are older than their term."""
    return f"{drop_old_files(timezone.localdate(at), at=at)} gewist"


def sweep_uploads(at: datetime) -> str:
    """Remove files that nobody came back for."""
    return f"{uploads.store().sweep(at)} gewist"


def sweep_sessions(at: datetime) -> str:
    """Remove sessions that are over, and from what device they were."""
    gone = Session.objects.filter(expire_date__lt=at).delete()[0]
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
    return f"{gone} gewist"


def sweep_cache(at: datetime) -> str:
    """Remove counters of attempts that count no longer."""
    return f"{CacheEntry.objects.filter(expires__lt=at).delete()[0]} gewist"


def sweep_tasks(at: datetime) -> str:
    """Remove what is known of long work that ended weeks ago."""
    old = DBTaskResult.objects.finished().filter(finished_at__lt=at - TASKS_KEPT_FOR)
    return f"{old.delete()[0]} gewist"


def forget_sent(at: datetime) -> str:
    """Remove the stamps of forms that nobody can send again."""
    return f"{forget_sent_forms(at)} vergeten"


def forget_long_work(at: datetime) -> str:
    """Remove what is known of work that ended a month ago."""
    return f"{forget_work(at)} vergeten"


def send_mail(at: datetime) -> str:
    """Send the mail that is due; silent when there is none, since it looks each minute."""
    sent = send_due(at)
    return f"{sent} vertrokken" if sent else ""


def forget_mail_texts(at: datetime) -> str:
    """Wipe the texts of old mail; that it left stays."""
    return f"{forget_texts(at)} gewist"


def remind_of_answers(at: datetime) -> str:
    """Remind employers who have to answer soon, where somebody chose to mail them."""
    return f"{remind_employers(at)} herinnerd"


def note_silence(at: datetime) -> str:
    """Note which employers let their term pass."""
    return f"{give_up_waiting(at)} zonder antwoord"


def back_up(at: datetime) -> str:
    """Make the backup of today, and remove the oldest ones."""
    file = daily_backup(settings.BACKUP_FOLDER, keep=settings.BACKUPS_KEPT, at=at)
    return f"{file} is gemaakt en nagekeken"


ALWAYS = (
    Duty("audit-heads", "Einde van het auditspoor bewaren", write_heads),
    Duty("erased", "Gewiste dossiers naast de back-ups schrijven", list_erased),
    Duty("mail", "Mail versturen", send_mail, every=MINUTE),
    Duty("mail-texts", "Teksten van oude mail wissen", forget_mail_texts, hour=4),
    Duty("proposals", "Vervallen voorstellen sluiten", bury_proposals),
    Duty("plan-files", "Oude gegevens van plannen wissen", sweep_plan_files, hour=4),
    Duty("uploads", "Achtergelaten bestanden wissen", sweep_uploads),
    Duty("cache", "Oude tellers van pogingen wissen", sweep_cache),
    Duty("holds", "Hefbomen vrijgeven na de termijn", free_holds, hour=1),
    Duty("silence", "Verwijzingen zonder antwoord noteren", note_silence, hour=1),
    Duty("reminders", "Werkgevers herinneren", remind_of_answers, hour=8),
    Duty("vacancies", "Vacatures offline halen na de termijn", close_vacancies, hour=1),
    # After the backup: what goes by its term is in no later one.
    Duty("retention", "Bewaartermijnen", retain, hour=4),
    Duty("sessions", "Afgelopen sessies wissen", sweep_sessions, hour=4),
    Duty("sent-forms", "Stempels van formulieren wissen", forget_sent, hour=4),
    Duty("work", "Afgelopen werk wissen", forget_long_work, hour=4),
    Duty("tasks", "Afgewerkte opdrachten wissen", sweep_tasks, hour=4),
)
