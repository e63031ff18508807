"""Addresses of partners."""

from django.urls import path

from koempel.desk.web.views import partners as views

app_name = "partners"

urlpatterns = [
    path("partners/", views.PartnersPage.as_view(), name="list"),
    views.PartnersPage.export_path("partners/", "list"),
    path("partners/eigen/", views.OwnPartner.as_view(), name="own"),
    path("partners/nieuw/", views.NewPartner.as_view(), name="new"),
    path("partners/<int:pk>/", views.PartnerFile.as_view(), name="file"),
    path("partners/<int:pk>/aanpassen/", views.EditPartner.as_view(), name="edit"),
    path("partners/<int:pk>/stop/", views.StopPartner.as_view(), name="stop"),
    path("partners/<int:pk>/hervat/", views.ResumePartner.as_view(), name="resume"),
    path("partners/<int:pk>/notitie/", views.NewNote.as_view(), name="note"),
    path(
        "partners/<int:pk>/vestiging/", views.NewEstablishment.as_view(), name="establishment-new"
    ),
    path(
        "partners/vestiging/<int:pk>/", views.EditEstablishment.as_view(), name="establishment-edit"
    ),
    path("partners/<int:pk>/contact/", views.NewContact.as_view(), name="contact-new"),
    path("partners/contact/<int:pk>/", views.EditContact.as_view(), name="contact-edit"),
    path("partners/contact/<int:pk>/weg/", views.RemoveContact.as_view(), name="contact-remove"),
    path("partners/<int:pk>/aanbod/", views.NewOffer.as_view(), name="offer-new"),
    path("partners/aanbod/<int:pk>/weg/", views.RemoveOffer.as_view(), name="offer-remove"),
]
