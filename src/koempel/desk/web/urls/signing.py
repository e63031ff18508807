"""What a party gets to sign an internship agreement and to keep it, without an account."""

from django.urls import path

from koempel.desk.web.views.transitions.agreement import PdfByLink, SignByLinkPage

urlpatterns = [
    path("teken/<str:token>/", SignByLinkPage.as_view(), name="transition-sign"),
    path(
        "teken/<str:token>/stageovereenkomst.pdf", PdfByLink.as_view(), name="transition-sign-pdf"
    ),
]
