"""Who was erased stays erased, whatever backup comes back."""

from datetime import date

import pytest

from desk.factories.people import ChildFactory, PersonFactory
from koempel.desk.common.context import acting, system
from koempel.desk.common.models import AuditEvent
from koempel.desk.operations.archive import BackupError
from koempel.desk.operations.erased import ERASED, bring_along, erase_again, note_erased
from koempel.desk.people.models import Child, Person, Tombstone

pytestmark = pytest.mark.django_db

EARLIER = date(2026, 11, 2)
LINE = '{"case_number": "K-7F3Q", "on": "2026-11-02"}\n'


@pytest.fixture(autouse=True)
def own(settings, tmp_path):
    settings.BACKUP_FOLDER = tmp_path / "backups"
    return settings.BACKUP_FOLDER / ERASED


def write(file, text):
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")


def test_list_has_the_number_and_the_day_and_grows_by_what_is_new(own):
    Tombstone.objects.create(case_number="K-7F3Q", erased_on=EARLIER)
    first = note_erased()
    Tombstone.objects.create(case_number="K-2222", erased_on=date(2026, 11, 3))
    second = (note_erased(), note_erased())
    assert (first, second) == (1, (1, 0))
    assert own.read_text("utf-8") == '{"case_number": "K-2222", "on": "2026-11-03"}\n' + LINE


def test_who_came_back_is_erased_again_on_the_day_of_then(own):
    with acting(system("proef")):
        back, neighbour = PersonFactory(case_number="K-7F3Q"), PersonFactory()
        ChildFactory(person=back)
    write(own, LINE)
    assert (erase_again(), erase_again()) == (1, 0)
    with acting(system("proef")):
        assert (list(Person.objects.all()), Child.objects.count()) == ([neighbour], 0)
    stones = Tombstone.objects.values_list("case_number", "erased_on")
    assert list(stones) == [("K-7F3Q", EARLIER)]
    event = AuditEvent.objects.get()
    assert (event.verb, event.objects_seen) == ("people:erase", ["K-7F3Q"])


def test_number_of_who_came_and_went_after_the_backup_is_given_to_nobody(own):
    write(own, LINE)
    assert erase_again() == 0
    stones = Tombstone.objects.values_list("case_number", "erased_on")
    assert list(stones) == [("K-7F3Q", EARLIER)]


def test_list_beside_a_backup_comes_along(own, tmp_path):
    write(tmp_path / "elsewhere" / ERASED, LINE)
    backup = tmp_path / "elsewhere" / "koempel-2026-11-01.zip"
    assert (bring_along(backup), bring_along(backup)) == (1, 0)
    assert own.read_text("utf-8") == LINE


def test_damaged_list_stops_the_start_and_names_its_line(own):
    write(own, LINE + '{"case_number": "K-2222"')
    with pytest.raises(BackupError, match="regel 2: dit is geen gewist dossier"):
        erase_again()
