"""Saying what there is: one click, a new count, a new lever, a new run."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.forms import BaseForm
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views import View

from koempel.desk.common.context import current
from koempel.desk.levers import actions
from koempel.desk.levers.enums import Family, kinds_of
from koempel.desk.levers.forms import LeverForm, RunForm, StockForm
from koempel.desk.levers.models import Lever
from koempel.desk.levers.queries import visible_levers
from koempel.desk.partners.queries import visible_partners
from koempel.desk.web.pages import notices
from koempel.desk.web.pages.form import FormPage
from koempel.desk.web.pages.notices import Done
from koempel.desk.web.pages.request import DeskRequest, user_of
from koempel.desk.web.pages.values import Link
from koempel.desk.web.views.levers.addresses import back_from, file_url, lever_crumbs


class ConfirmStock(View):
    """One click: the stock is right."""

    def post(self, request: DeskRequest, pk: int) -> HttpResponse:
        """Note it, and back to where the click was."""
        lever = get_object_or_404(visible_levers(current()), pk=pk)
        actions.confirm_capacity(lever, by=user_of(request), at=timezone.now())
        notices.say(request, Done(f"Dank je. De voorraad van {lever.name} is bevestigd."))
        return HttpResponseRedirect(back_from(request, file_url(pk)))


class OfLever(FormPage):
    """A form about one lever."""

    here: ClassVar[str]

    def subject(self, request: DeskRequest, **keys: Any) -> Lever:
        """The lever."""
        return get_object_or_404(visible_levers(current()), pk=keys["pk"])

    def crumbs(self, request: DeskRequest, subject: Lever) -> Sequence[Link]:
        """Over the lever."""
        return lever_crumbs(request, subject, self.here, is_below=True)


class EditStock(OfLever):
    """Sets how many there are, and confirms it in the same act."""

    here = "Voorraad"
    button = "Bewaar en bevestig de voorraad"
    intro = "Tel alles mee: wat vrij is, wat vastgehouden is en wat in gebruik is."

    def title(self, subject: Lever) -> str:
        """What is done here."""
        return f"Voorraad van {subject.name}"

    def form(self, request: DeskRequest, subject: Lever, data: Any) -> BaseForm:
        """A number per part."""
        return StockForm(data, lever=subject, parts=subject.parts.select_related("run"))

    def save(self, request: DeskRequest, subject: Lever, form: StockForm) -> tuple[Done, str]:
        """Set and confirm."""
        actions.set_stock(
            subject,
            form.wanted(),
            by=user_of(request),
            at=timezone.now(),
            reason=form.cleaned_data["reason"],
        )
        return Done(f"De voorraad van {subject.name} is bewaard en bevestigd."), file_url(
            subject.pk
        )


class NewLever(FormPage):
    """Adds a lever of the own organisation, or of any for who may."""

    button = "Voeg de hefboom toe"
    intro = "Daarna zeg je hoeveel er zijn."

    def subject(self, request: DeskRequest, **keys: Any) -> Lever:
        """An empty lever of a partner."""
        if keys["family"] not in Family.values:
            raise Http404
        owner = get_object_or_404(visible_partners(current()), pk=keys["partner"])
        return Lever(organisation=owner, kind=kinds_of(Family(keys["family"]))[0])

    def title(self, subject: Lever) -> str:
        """What is done here."""
        return f"{subject.family.label}: nieuwe hefboom van {subject.organisation}"

    def crumbs(self, request: DeskRequest, subject: Lever) -> Sequence[Link]:
        """From the boards."""
        return lever_crumbs(request, subject, "Nieuw")

    def form(self, request: DeskRequest, subject: Lever, data: Any) -> BaseForm:
        """The lever as it is."""
        return LeverForm(data, instance=subject, family=subject.family)

    def save(self, request: DeskRequest, subject: Lever, form: LeverForm) -> tuple[Done, str]:
        """Add it, and go on to its stock."""
        serves = form.cleaned_data["serves"]
        lever = actions.register_lever(
            form.save(commit=False), form.detail_or_none(), serves=serves, at=timezone.now()
        )
        next_page = "levers:run-new" if lever.family is Family.TRANSPORT else "levers:stock"
        return Done(f"{lever.name} is toegevoegd."), reverse(next_page, kwargs={"pk": lever.pk})


class EditLever(NewLever):
    """Changes a lever."""

    button = "Bewaar de hefboom"
    intro = ""

    def subject(self, request: DeskRequest, **keys: Any) -> Lever:
        """The lever."""
        return get_object_or_404(visible_levers(current()), pk=keys["pk"])

    def title(self, subject: Lever) -> str:
        """What is done here."""
        return f"{subject.name} aanpassen"

    def crumbs(self, request: DeskRequest, subject: Lever) -> Sequence[Link]:
        """Over the lever."""
        return lever_crumbs(request, subject, "Aanpassen", is_below=True)

    def save(self, request: DeskRequest, subject: Lever, form: LeverForm) -> tuple[Done, str]:
        """Store it."""
        serves = form.cleaned_data["serves"]
        lever = actions.change_lever(
            form.save(commit=False), form.detail_or_none(), serves=serves, at=timezone.now()
        )
        return Done(f"{lever.name} is bewaard."), file_url(lever.pk)


class NewRun(OfLever):
    """Adds a run to a line."""

    here = "Nieuwe rit"
    button = "Voeg de rit toe"
    intro = "Daarna zeg je hoeveel zitplaatsen er zijn."

    def subject(self, request: DeskRequest, **keys: Any) -> Lever:
        """A line."""
        levers = visible_levers(current()).filter(line__isnull=False)
        return get_object_or_404(levers, pk=keys["pk"])

    def title(self, subject: Lever) -> str:
        """What is done here."""
        return f"Nieuwe rit van {subject.name}"

    def form(self, request: DeskRequest, subject: Lever, data: Any) -> BaseForm:
        """An empty run."""
        return RunForm(data)

    def save(self, request: DeskRequest, subject: Lever, form: RunForm) -> tuple[Done, str]:
        """Add it, and go on to its seats."""
        actions.add_run(subject, form.run(), at=timezone.now())
        return Done("De rit is toegevoegd."), reverse("levers:stock", kwargs={"pk": subject.pk})
