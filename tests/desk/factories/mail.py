"""Mail in the outbox."""

from datetime import timedelta

import factory

from desk.factories.accounts import NOON, UserFactory
from koempel.desk.mail.enums import MailState
from koempel.desk.mail.models import Mail


class MailFactory(factory.django.DjangoModelFactory):
    """A mail that waits since noon."""

    class Meta:
        model = Mail

    class Params:
        failed = factory.Trait(
            state=MailState.FAILED,
            attempts=8,
            last_error="SMTPRecipientsRefused 550",
            ended_at=NOON + timedelta(days=1),
        )
        sent = factory.Trait(state=MailState.SENT, attempts=1, link="", ended_at=NOON)

    key = factory.Sequence(lambda number: f"verwijzing/{number}/vraag")
    to = "ploeg@koempel.invalid"
    subject = "Een kandidaat voor Inpakker"
    text = "Antwoord hier: [link]"
    link = "https://koempel.invalid/antwoord/geheim/"
    by = factory.SubFactory(UserFactory, second_factor=False)
    made_at = NOON
    not_before = NOON
