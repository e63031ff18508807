"""A folder to which mail goes."""

import pytest


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MAIL, settings.MAIL_FOLDER = "folder", tmp_path / "mail"
    return settings.MAIL_FOLDER
