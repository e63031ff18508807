"""No answer of ours is kept by a browser or a proxy."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

Answer = Callable[[HttpRequest], HttpResponse]


class NoStoreMiddleware:
    """Forbids to keep an answer, whatever its view says. Files for the browser do not come by."""

    def __init__(self, get_response: Answer) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, not to be kept."""
        response = self._get_response(request)
        response["Cache-Control"] = "no-store"
        return response
