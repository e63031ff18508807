"""Addresses of levers."""

from django.urls import path

from koempel.desk.web.views import levers as views

app_name = "levers"

urlpatterns = [
    path("hefbomen/", views.LeversBoard.as_view(), name="board"),
    path("hefbomen/<int:pk>/", views.LeverFile.as_view(), name="file"),
    path("hefbomen/<int:pk>/bevestig/", views.ConfirmStock.as_view(), name="confirm"),
    path("hefbomen/<int:pk>/voorraad/", views.EditStock.as_view(), name="stock"),
    path("hefbomen/<int:pk>/aanpassen/", views.EditLever.as_view(), name="edit"),
    path("hefbomen/<int:pk>/rit/", views.NewRun.as_view(), name="run-new"),
    path("hefbomen/<slug:family>/nieuw/<int:partner>/", views.NewLever.as_view(), name="new"),
    path("hefbomen/<int:pk>/boek/", views.BookLever.as_view(), name="book"),
    path("hefbomen/boeking/<int:pk>/", views.BookingStep.as_view(), name="step"),
    path("hefbomen/<slug:family>/", views.FamilyBoard.as_view(), name="family"),
    path("bonnen/", views.VoucherPage.as_view(), name="vouchers"),
]
