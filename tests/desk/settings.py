"""Settings of the tests: a data folder of their own, and the demonstration pages."""

import atexit
import os
import shutil
import tempfile

FOLDER = tempfile.mkdtemp(prefix="koempel-test-")
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)
os.environ["KOEMPEL_DATA"] = FOLDER
os.environ["KOEMPEL_HTTPS"] = "0"
os.environ["KOEMPEL_DEMO"] = "1"
# Playwright runs a loop of its own in the thread of the tests.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

from koempel.desk.config.settings import *  # noqa: E402, F403
from koempel.desk.config.settings import INSTALLED_APPS as APPS  # noqa: E402
from koempel.desk.config.settings import STATIC_ROOT  # noqa: E402
from koempel.desk.config.settings import STORAGES as STORES  # noqa: E402

# A test without a database must be able to clear it; tests of its own use the real one.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
INSTALLED_APPS = [*APPS, "desk.web.demo"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
WHITENOISE_USE_FINDERS = True
# The names with a digest only exist once `koempel serve` has collected the files.
STORAGES = {
    **STORES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# White noise warns about a folder that is not there.
STATIC_ROOT.mkdir(exist_ok=True)
