"""Pages with a leak, to see that the walks notice them. Each takes the place of a page of ours."""

import logging
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.core import mail
from django.http import HttpResponse, JsonResponse
from django.urls import URLPattern, URLResolver, include, path
from django.utils import timezone
from openpyxl import Workbook

from koempel.desk.common import audit
from koempel.desk.common.context import acting, system
from koempel.desk.config import urls
from koempel.desk.mail.actions import queue_mail
from koempel.desk.people.models import Child, ConfidentialNote, Person, PersonObstacle


@dataclass(frozen=True, slots=True)
class Planted:
    """A page that tells too much.

    Attributes
    ----------
    name, asker : str
        The address that it takes the place of, and who opens that.
    what, where : str
        The secret that it gives away, and in what.
    """

    view: Any
    name: str
    asker: str
    what: str
    where: str = "body"


def _all(model, field: str) -> list[str]:
    with acting(system("proef")):
        return [str(value) for value in model.objects.values_list(field, flat=True)]


def names_on_page(request, **keys):
    return HttpResponse(", ".join(_all(Person, "last_name")))


def name_in_header(request, **keys):
    return HttpResponse(headers={"X-About": _all(Person, "first_name")[0]})


def children_in_workbook(request, **keys):
    book, file = Workbook(), BytesIO()
    book.active.append(_all(Child, "first_name"))
    book.save(file)
    return HttpResponse(file.getvalue())


def phones_as_json(request, **keys):
    return JsonResponse({"phones": _all(Person, "phone")})


def phone_in_mail(request, **keys):
    mail.send_mail("Bel", _all(Person, "phone")[0], None, ["wie@koempel.invalid"])
    return HttpResponse()


def name_in_outbox(request, **keys):
    said = _all(Person, "last_name")[0]
    facts = {"to": "ploeg@koempel.invalid", "subject": "Een kandidaat", "text": said}
    queue_mail(key="verwijzing/0/vraag/0", by=None, at=timezone.now(), **facts)
    return HttpResponse()


def evidence_in_log(request, **keys):
    logging.getLogger("koempel").warning("Drempel: %s", _all(PersonObstacle, "evidence")[0])
    return HttpResponse()


def note_in_error(request, **keys):
    raise ValueError(_all(ConfidentialNote, "text")[0])


def name_in_trail(request, **keys):
    audit.record("people:file", kind="person", objects=_all(Person, "first_name")[:1])
    return HttpResponse()


def homes_on_page(request, **keys):
    return HttpResponse(", ".join(_all(Person, "village__name")))


def home_days_on_page(request, **keys):
    return HttpResponse(", ".join(_all(Child, "care_hours")))


LEAKS = [
    Planted(names_on_page, "people:pseudonyms", "DIRECTOR", "last_name"),
    Planted(names_on_page, "people:list", "MEDIATOR", "last_name"),
    Planted(name_in_header, "jobs:list", "EMPLOYER", "first_name", "headers"),
    Planted(children_in_workbook, "jobs:list-export", "SOCIAL_WORKER", "child.first_name"),
    Planted(phones_as_json, "jobs:list", "EMPLOYER", "phone"),
    Planted(phone_in_mail, "partners:note", "CASEWORKER", "phone", "a mail"),
    Planted(name_in_outbox, "jobs:list", "EMPLOYER", "last_name", "a mail of the desk"),
    Planted(evidence_in_log, "people:file", "CASEWORKER", "obstacle.evidence LANGUAGE", "the log"),
    Planted(note_in_error, "people:list", "CASEWORKER", "confidential.text", "the log"),
    Planted(name_in_trail, "people:list", "CASEWORKER", "first_name", "the trail"),
    Planted(homes_on_page, "people:list", "MEDIATOR", "village"),
    Planted(home_days_on_page, "people:list", "MEDIATOR", "child.care_hours"),
]


def addresses_with(planted: Planted) -> tuple[URLResolver, ...]:
    """All addresses of the desk, one of them with the planted page behind it."""
    return tuple(_copy(resolver, planted) for resolver in urls.urlpatterns)


def _copy(resolver: URLResolver, planted: Planted) -> URLResolver:
    space = f"{resolver.namespace}:" if resolver.namespace else ""
    patterns = [
        URLPattern(each.pattern, planted.view, each.default_args, each.name)
        if f"{space}{each.name}" == planted.name
        else each
        for each in resolver.url_patterns
    ]
    return path("", include((patterns, resolver.namespace) if space else patterns))
