"""Mail that Koempel sends, for the operator: no text and no address, since both tell of people."""

from django.utils import timezone

from koempel.desk.mail import actions
from koempel.desk.mail.enums import MailState
from koempel.desk.mail.models import Mail
from koempel.desk.web.pages.columns import Column, Show
from koempel.desk.web.pages.filters import ChoiceFilter, Rows
from koempel.desk.web.pages.listing import BulkAction, ListPage
from koempel.desk.web.pages.notices import Done
from koempel.desk.web.pages.request import DeskRequest
from koempel.desk.web.pages.values import Status, Tone
from koempel.region import dutch

_TONES = {
    MailState.WAITING: Tone.NEEDS_YOU,
    MailState.SENT: Tone.GOOD,
    MailState.FAILED: Tone.BAD,
    MailState.DROPPED: Tone.QUIET,
}
_NOUN = ("mail", "mails")


def _try_again(request: DeskRequest, rows: Rows) -> Done:
    count = actions.try_again(rows, at=timezone.now())
    return Done(f"{dutch.capital(dutch.count(count, *_NOUN))} opnieuw klaargezet.")


def _give_up(request: DeskRequest, rows: Rows) -> Done:
    count = actions.give_up(rows, at=timezone.now())
    return Done(f"{dutch.capital(dutch.count(count, *_NOUN))} afgesloten.")


def subject_of(mail: Mail) -> str:
    """What a mail follows from, such as "Verwijzing 12"."""
    return dutch.capital(" ".join(mail.key.split("/")[:2]))


def about(mail: Mail) -> str:
    """What it says, in a word."""
    return mail.key.split("/")[2]


class PostPage(ListPage):
    """Every mail by what it follows from."""

    title = "Post"
    intro = (
        "Wat Koempel mailt. Je ziet geen teksten en geen adressen. Een mail die niet vertrok, kun "
        "je opnieuw proberen, of afsluiten als het anders opgelost is."
    )
    noun = _NOUN
    search = ("key",)
    filters = (ChoiceFilter("stand", "Stand", "state", MailState.choices),)
    columns = (
        Column("Hoort bij", subject_of, sort="key", note=about),
        Column("Gemaakt", lambda mail: timezone.localdate(mail.made_at), Show.DATE, sort="made_at"),
        Column(
            "Stand",
            lambda mail: Status(mail.get_state_display(), _TONES[MailState(mail.state)]),
            Show.STATUS,
            sort="state",
            note="last_error",
        ),
        Column("Pogingen", "attempts", Show.NUMBER, sort="attempts"),
    )
    bulk = (
        BulkAction("again", "Probeer opnieuw", _try_again),
        BulkAction("give-up", "Sluit af", _give_up),
    )
    nothing = "Koempel mailde nog niets. Dat begint als iemand een werkgever of een persoon mailt."

    def rows(self, request: DeskRequest) -> Rows:
        """All of them, the last one first."""
        return Mail.objects.order_by("-made_at", "-pk")
