"""No answer of ours is kept by a browser or a proxy, except what is public by a named act."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

PUBLIC = "/feed/"
"""How addresses begin that hold what everybody may have; their views say how long it is kept."""

Answer = Callable[[HttpRequest], HttpResponse]


class NoStoreMiddleware:
    """Forbids to keep an answer, whatever its view says. Files for the browser do not come by.

    What is public may be kept as its view says, as long as it is there: a refusal may not.
    """

    def __init__(self, get_response: Answer) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, not to be kept."""
        response = self._get_response(request)
        is_there = response.status_code in (200, 304)
        if not (request.path_info.startswith(PUBLIC) and is_there and "Cache-Control" in response):
            response["Cache-Control"] = "no-store"
        return response
