"""Objects behind the addresses of partners."""

from desk.accounts.examples import organisation_of
from desk.examples import example
from desk.factories.partners import ContactFactory, EstablishmentFactory, OfferFactory


@example(
    *(
        f"partners:{name}"
        for name in (
            "file", "edit", "stop", "resume", "note", "establishment-new", "contact-new",
            "offer-new",
        )
    )
)  # fmt: skip
def partner(asker, stand):
    return {"pk": organisation_of(asker, stand).pk}


@example("partners:establishment-edit")
def establishment(asker, stand):
    return {"pk": EstablishmentFactory(organisation=organisation_of(asker, stand)).pk}


@example("partners:contact-edit", "partners:contact-remove", "partners:contact-spoken")
def contact(asker, stand):
    return {"pk": ContactFactory(organisation=organisation_of(asker, stand)).pk}


@example("partners:offer-remove", "partners:offer-confirm", "partners:offer-restore")
def offer(asker, stand):
    return {"pk": OfferFactory(organisation=organisation_of(asker, stand)).pk}
