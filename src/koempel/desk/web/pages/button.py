"""A button that does one thing: what a view of it has to say, and nothing more."""

from datetime import datetime
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.views import View

from koempel.desk.accounts.models import User
from koempel.desk.web.pages import notices
from koempel.desk.web.pages.notices import Done
from koempel.desk.web.pages.request import DeskRequest, user_of
from koempel.errors import KoempelError


class ButtonView(View):
    """Does one thing on POST, and leads to a page that says what was done, or why not.

    A button that asks something is a `FormPage`.
    """

    http_method_names = ("post",)

    def subject(self, request: DeskRequest, **keys: Any) -> Any:
        """What the button is about; raises `Http404` for what the reader may not see."""
        raise NotImplementedError

    def press(
        self, request: DeskRequest, subject: Any, *, by: User, at: datetime
    ) -> tuple[Done, str]:
        """Do it; gives what was done, and where to go on. A refusal is a `KoempelError`."""
        raise NotImplementedError

    def back(self, subject: Any) -> str:
        """Where one reads that it could not be done."""
        raise NotImplementedError

    def post(self, request: DeskRequest, **keys: Any) -> HttpResponse:
        """Do it, or say why not."""
        subject = self.subject(request, **keys)
        try:
            done, target = self.press(request, subject, by=user_of(request), at=timezone.now())
        except KoempelError as error:
            notices.warn(request, str(error))
            target = self.back(subject)
        else:
            notices.say(request, done)
        return HttpResponseRedirect(target)
