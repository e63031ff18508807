"""The address without a path: it opens the first door of whoever comes in."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views import View

from koempel.desk.web.context import open_doors


class Home(View):
    """Leads each role to its own first page."""

    http_method_names = ("get", "head")

    def get(self, request: HttpRequest) -> HttpResponse:
        """Go to the first page in the reader's navigation."""
        doors = open_doors(request)
        if not doors:
            raise Http404
        return redirect(doors[0].url)
