"""Who can open the desk."""

from django.db.models import TextChoices


class Role(TextChoices):
    """Role of a user in an organisation; the words are what the screen says."""

    DIRECTOR = "DIRECTOR", "regisseur"
    CASEWORKER = "CASEWORKER", "trajectbegeleider"
    SOCIAL_WORKER = "SOCIAL_WORKER", "maatschappelijk werker"
    MEDIATOR = "MEDIATOR", "bemiddelaar"
    SOCIAL_ENTERPRISE = "SOCIAL_ENTERPRISE", "sociale-economiebedrijf"
    EMPLOYER = "EMPLOYER", "werkgever"
    CHILDCARE = "CHILDCARE", "opvang"
    REUSE_SHOP = "REUSE_SHOP", "Kringwinkel"
    TRAINING = "TRAINING", "taal- en opleidingspartner"
    TRANSPORT = "TRANSPORT", "vervoerspartner"
    PERSON = "PERSON", "de persoon zelf"
    DPO = "DPO", "functionaris gegevensbescherming"
    OPERATOR = "OPERATOR", "beheerder"
    ANONYMOUS = "ANONYMOUS", "niet aangemeld"


GUIDES = (Role.CASEWORKER, Role.SOCIAL_WORKER, Role.MEDIATOR)
"""Roles that guide people and see who they are."""
