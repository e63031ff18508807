"""Addresses of users, organisations, emergency access and the audit trail."""

from django.urls import path

from koempel.desk.web.views.accounts import organisations, outside, oversight, users

app_name = "accounts"
urlpatterns = [
    path("beheer/gebruikers/", users.UsersPage.as_view(), name="users"),
    path("beheer/gebruikers/nieuw/", users.NewUserPage.as_view(), name="user-new"),
    path("beheer/gebruikers/<int:pk>/", users.UserPage.as_view(), name="user"),
    path("beheer/gebruikers/<int:pk>/rol/", users.RolePage.as_view(), name="user-role"),
    path("beheer/organisaties/", organisations.OrganisationsPage.as_view(), name="organisations"),
    path(
        "beheer/organisaties/nieuw/",
        organisations.NewOrganisationPage.as_view(),
        name="organisation-new",
    ),
    path(
        "beheer/organisaties/<int:pk>/",
        organisations.OrganisationPage.as_view(),
        name="organisation",
    ),
    path("beheer/rollen/", outside.RolesOutsidePage.as_view(), name="roles-outside"),
    path("toezicht/noodtoegang/", oversight.BreakGlassesPage.as_view(), name="break-glasses"),
    path("toezicht/noodtoegang/<int:pk>/", oversight.BreakGlassPage.as_view(), name="break-glass"),
    path("toezicht/auditspoor/", oversight.AuditPage.as_view(), name="audit"),
]
