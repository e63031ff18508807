"""Addresses of partners."""

from django.urls import path

from koempel.desk.web.views.partners import changes, file
from koempel.desk.web.views.partners.listing import PartnersPage

app_name = "partners"

urlpatterns = [
    path("partners/", PartnersPage.as_view(), name="list"),
    PartnersPage.export_path("partners/", "list"),
    path("partners/eigen/", file.OwnPartner.as_view(), name="own"),
    path("partners/nieuw/", changes.NewPartner.as_view(), name="new"),
    path("partners/<int:pk>/", file.PartnerFile.as_view(), name="file"),
    path("partners/<int:pk>/aanpassen/", changes.EditPartner.as_view(), name="edit"),
    path("partners/<int:pk>/stop/", file.StopPartner.as_view(), name="stop"),
    path("partners/<int:pk>/hervat/", file.ResumePartner.as_view(), name="resume"),
    path("partners/<int:pk>/notitie/", changes.NewNote.as_view(), name="note"),
    path(
        "partners/<int:pk>/vestiging/", changes.NewEstablishment.as_view(), name="establishment-new"
    ),
    path(
        "partners/vestiging/<int:pk>/",
        changes.EditEstablishment.as_view(),
        name="establishment-edit",
    ),
    path("partners/<int:pk>/contact/", changes.NewContact.as_view(), name="contact-new"),
    path("partners/contact/<int:pk>/", changes.EditContact.as_view(), name="contact-edit"),
    path("partners/contact/<int:pk>/weg/", changes.RemoveContact.as_view(), name="contact-remove"),
    path(
        "partners/contact/<int:pk>/gesproken/", changes.SpokenWith.as_view(), name="contact-spoken"
    ),
    path("partners/<int:pk>/aanbod/", changes.NewOffer.as_view(), name="offer-new"),
    path("partners/aanbod/<int:pk>/klopt/", changes.ConfirmOffer.as_view(), name="offer-confirm"),
    path("partners/aanbod/<int:pk>/weg/", changes.RemoveOffer.as_view(), name="offer-remove"),
    path("partners/aanbod/<int:pk>/terug/", changes.RestoreOffer.as_view(), name="offer-restore"),
]
