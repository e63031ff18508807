"""Files that wait between two steps."""

from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from desk.examples import IN_THE_OFFICE
from desk.factories.accounts import UserFactory
from koempel.desk.common.sheets import read_sheet
from koempel.desk.web.pages.steps import store


def kept_of(asker, stand, content):
    """The token of a file that the asker brought, or somebody else."""
    owner = asker if stand in IN_THE_OFFICE else UserFactory(second_factor=False)
    sheet = read_sheet(BytesIO(content), "lijst.csv")
    upload = SimpleUploadedFile("lijst.csv", sheet.as_bytes())
    return store().keep(upload, owner=str(owner.pk), now=timezone.now()).token
