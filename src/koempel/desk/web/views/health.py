"""The health page: for whoever watches over the machine, and for nobody's secrets."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.template import loader

from koempel import __version__
from koempel.desk.operations import health as doctor


@transaction.non_atomic_requests  # so that it answers without a database too
def health(request: HttpRequest) -> HttpResponse:
    """How the database, the worker and the disk are; the status says it to a machine."""
    findings = doctor.look()
    status = doctor.status(findings)
    is_well = all(each.is_well for each in findings)
    facts = {"findings": findings, "is_well": is_well, "version": __version__}
    # Without the request: the frame would ask the database who is signed in.
    page = loader.render_to_string("web/health.html", facts)
    return HttpResponse(page, status=status)
