"""What can happen to a partner, and what partners offer and seek."""

from django.db.models import TextChoices


class OfferSide(TextChoices):
    """Whether a partner has something or looks for it."""

    OFFERS = "OFFERS", "biedt aan"
    SEEKS = "SEEKS", "zoekt"


class OfferKind(TextChoices):
    """What can be offered or sought in the network."""

    JOBS = "JOBS", "jobs"
    INTERNSHIPS = "INTERNSHIPS", "stageplaatsen"
    TALENT = "TALENT", "kandidaten"
    SUBCONTRACTS = "SUBCONTRACTS", "werk voor de sociale economie"
    BIKES = "BIKES", "fietsen"
    CHILDCARE = "CHILDCARE", "kinderopvang"
    COURSES = "COURSES", "lessen en opleidingen"
    TRANSPORT = "TRANSPORT", "vervoer"
    GUIDANCE = "GUIDANCE", "begeleiding op de werkvloer"
    PREMISES = "PREMISES", "lokalen"
    VISITS = "VISITS", "bedrijfsbezoeken"


class PartnerEventKind(TextChoices):
    """What is told in the timeline of a partner."""

    REGISTERED = "REGISTERED", "Partner toegevoegd"
    CHANGED = "CHANGED", "Gegevens aangepast"
    ESTABLISHMENT = "ESTABLISHMENT", "Vestiging"
    CONTACT = "CONTACT", "Contactpersoon"
    OFFER = "OFFER", "Aanbod en vraag"
    STOPPED = "STOPPED", "Werkt niet meer mee"
    RESUMED = "RESUMED", "Werkt weer mee"
    NOTE = "NOTE", "Notitie"
