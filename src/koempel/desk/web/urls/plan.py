"""Addresses of plans."""

from django.urls import path

from koempel.desk.web.views.plan import (
    file,
    latest,
    making,
    new_job,
    register,
    scenarios,
    what_if,
)

app_name = "plan"

urlpatterns = [
    path("plan/", latest.LatestPlan.as_view(), name="latest"),
    path("plan/nieuw/", making.NewPlan.as_view(), name="new"),
    path("plan/bezig/<str:key>/", making.PlanProgress.as_view(), name="progress"),
    path("plan/<int:pk>/", file.RunPage.as_view(), name="run"),
    path("plan/<int:pk>/opnieuw/", making.Replay.as_view(), name="replay"),
    path("plan/opnieuw/<str:key>/", making.ReplayProgress.as_view(), name="replay-progress"),
    path("plan/register/", register.Register.as_view(), name="register"),
    register.RegisterFile.export_path("plan/register/", name="register"),
    path("plan/register/mislukt/", register.FailedWork.as_view(), name="failed"),
    register.FailedWork.export_path("plan/register/mislukt/", name="failed"),
    path("plan/pauze/", making.Pause.as_view(), name="pause"),
    path("plan/hervat/", making.Resume.as_view(), name="resume"),
    path("plan/wat-als/", what_if.WhatIf.as_view(), name="what-if"),
    path("plan/wat-als/job/", new_job.NewJobPage.as_view(), name="what-if-job"),
    path("plan/wat-als/kromme/", what_if.Curve.as_view(), name="curve"),
    path("plan/wat-als/bewaar/", scenarios.NewScenario.as_view(), name="scenario-new"),
    path("plan/scenarios/", scenarios.Scenarios.as_view(), name="scenarios"),
    scenarios.Scenarios.export_path("plan/scenarios/", name="scenarios"),
    path("plan/scenarios/<int:pk>/", scenarios.ScenarioPage.as_view(), name="scenario"),
]
