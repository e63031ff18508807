"""The two ways out: to a mail server, or as a file in a folder.

A file carries the name of the key, so handing the same mail over twice leaves one. A mail server
is told the same Message-ID, by which it, or whoever reads, can recognise the second.
"""

import os
from email.mime.text import MIMEText
from email.utils import format_datetime
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.core.mail import EmailMessage

from koempel.desk.mail.models import LINK, Mail


def hand_over(mail: Mail) -> None:
    """Give a mail to where mail goes; an error says that it did not go."""
    if settings.MAIL == "smtp":
        message_of(mail).send()
    else:
        _write(mail)


def forget(key: str) -> None:
    """Remove the file of a mail, where mail goes to the folder."""
    file_of(key).unlink(missing_ok=True)


def file_of(key: str) -> Path:
    """Where the mail with a key stands once it left for the folder."""
    return Path(settings.MAIL_FOLDER) / f"{quote(key, safe='')}.eml"


def message_of(mail: Mail) -> EmailMessage:
    """The mail as it goes out, with its link in place."""
    message = EmailMessage(
        mail.subject,
        mail.text.replace(LINK, mail.link),
        to=[mail.to],
        headers={
            "Message-ID": _message_id(mail.key),
            "Date": format_datetime(mail.made_at),
            "Auto-Submitted": "auto-generated",
        },
    )
    for each in mail.attachments:
        message.attach(_part(**each))
    return message


def _message_id(key: str) -> str:
    """The same for the same mail, however often it is handed over."""
    host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">") or "koempel"
    return f"<{sha256(key.encode()).hexdigest()[:32]}@{host}>"


def _part(*, name: str, content_type: str, text: str) -> MIMEText:
    kind, *parameters = (word.strip() for word in content_type.split(";"))
    part = MIMEText(text, kind.partition("/")[2], "utf-8")
    for each in parameters:
        label, _, value = each.partition("=")
        part.set_param(label, value)
    part.add_header("Content-Disposition", "attachment", filename=name)
    return part


def _write(mail: Mail) -> None:
    """Write the file as a whole: it appears at once, or not."""
    file = file_of(mail.key)
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    begun = file.with_suffix(".part")
    with begun.open("wb") as out:
        out.write(message_of(mail).message().as_bytes())
        out.flush()
        os.fsync(out.fileno())
    begun.replace(file)
