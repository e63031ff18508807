"""Addresses of levers."""

from django.urls import path

from koempel.desk.web.views.levers import boards, bookings, choices, file, stock, vouchers

app_name = "levers"

urlpatterns = [
    path("hefbomen/", boards.LeversBoard.as_view(), name="board"),
    path("vandaag/", boards.OwnBoard.as_view(), name="own"),
    path("hefbomen/<int:pk>/", file.LeverFile.as_view(), name="file"),
    path("hefbomen/<int:pk>/bevestig/", stock.ConfirmStock.as_view(), name="confirm"),
    path("hefbomen/<int:pk>/voorraad/", stock.EditStock.as_view(), name="stock"),
    path("hefbomen/<int:pk>/aanpassen/", stock.EditLever.as_view(), name="edit"),
    path("hefbomen/<int:pk>/rit/", stock.NewRun.as_view(), name="run-new"),
    path("hefbomen/<slug:family>/nieuw/<int:partner>/", stock.NewLever.as_view(), name="new"),
    path("hefbomen/<int:pk>/boek/", bookings.BookLever.as_view(), name="book"),
    path("hefbomen/voor/<str:case>/", choices.ChooseLever.as_view(), name="choose"),
    path("hefbomen/boeking/<int:pk>/", bookings.BookingStep.as_view(), name="step"),
    path("hefbomen/boeking/<int:pk>/verleng/", bookings.ExtendPlace.as_view(), name="extend"),
    path("hefbomen/boeking/<int:pk>/bon/", vouchers.VoucherSheet.as_view(), name="voucher"),
    path("hefbomen/boeking/<int:pk>/past-niet/", vouchers.NoMatch.as_view(), name="no-match"),
    path("hefbomen/<slug:family>/", boards.FamilyBoard.as_view(), name="family"),
    path("bonnen/", vouchers.VoucherPage.as_view(), name="vouchers"),
]
