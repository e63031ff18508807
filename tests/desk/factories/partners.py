"""Partners with establishments and contacts. All of them are invented."""

from datetime import date

import factory

from desk.factories.accounts import OrganisationFactory
from koempel.desk.accounts.models import OrganisationKind
from koempel.desk.partners.enums import OfferKind, OfferSide
from koempel.desk.partners.models import Contact, Establishment, Offer

HEUSDEN = "71070-heusden"


def enterprise_number(number: int) -> str:
    """A number with a right check that no firm has: they start at 0200. The demonstration counts
    from below, and both may meet in one desk.
    """
    stem = 1_500_000 + number
    return f"{stem:08d}{97 - stem % 97:02d}"


def establishment_number(number: int) -> str:
    stem = 80_500_000 + number
    return f"{stem}{97 - stem % 97:02d}"


class PartnerFactory(OrganisationFactory):
    kind = OrganisationKind.EMPLOYER
    name = factory.Sequence(lambda number: f"Draadwerk Blauwput {number}")
    org_code = factory.Sequence(enterprise_number)
    nis = "71070"


class EstablishmentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Establishment

    class Params:
        ended = factory.Trait(valid_to=date(2025, 12, 31))

    organisation = factory.SubFactory(PartnerFactory)
    name = factory.Sequence(lambda number: f"Loods {number}")
    number = factory.Sequence(establishment_number)
    address = "Nergensstraat 1"
    village_id = HEUSDEN
    lon = 5.28
    lat = 51.03
    valid_from = date(2020, 1, 1)


class ContactFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Contact

    class Params:
        main = factory.Trait(is_main=True)

    organisation = factory.SubFactory(PartnerFactory)
    name = factory.Sequence(lambda number: f"Greet Lantaarn {number}")
    function = "personeelsdienst"
    email = "greet@koempel.invalid"


class OfferFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Offer

    organisation = factory.SubFactory(PartnerFactory)
    side = OfferSide.OFFERS
    kind = OfferKind.INTERNSHIPS
    text = factory.Sequence(lambda number: f"{number + 2} stageplaatsen in het magazijn")
