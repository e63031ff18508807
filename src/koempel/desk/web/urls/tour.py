"""Address of the tour."""

from django.urls import path

from koempel.desk.web.views.tour import TourPage

urlpatterns = [path("rondleiding/", TourPage.as_view(), name="tour")]
