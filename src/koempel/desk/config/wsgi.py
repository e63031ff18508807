"""The desk as a WSGI application."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "koempel.desk.config.settings")

application = get_wsgi_application()

# Django has its settings only now.
from koempel.desk.operations.parents import die_with_parent  # noqa: E402
from koempel.desk.operations.warming import start_warming  # noqa: E402

# This runs in each process of the web server.
die_with_parent()
start_warming()
