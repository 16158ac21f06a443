from django.urls import path

from reporting.views import figures, follow_ups, quality, reports

app_name = "reporting"
urlpatterns = [
    path("oversikt/", figures.dashboard, name="dashboard"),
    path("oversikt/<slug:key>/", figures.figure, name="figure"),
    path("kvalitet/", quality.providers, name="quality"),
    path("kvalitet/kvalitet.csv", quality.quality_file, name="quality_file"),
    path("kvalitet/<int:pk>/", quality.provider, name="quality_provider"),
    path("rapporter/", reports.reports, name="reports"),
    path("rapporter/<uuid:ref>/", reports.report, name="report"),
    path("rapporter/<uuid:ref>/pdf/", reports.report_file, name="report_file"),
    path("rapporter/<uuid:ref>/csv/", reports.report_csv, name="csv"),
    path("uppfoljningar/", follow_ups.follow_ups, name="followups"),
    path("uppfoljningar/<uuid:ref>/", follow_ups.follow_up, name="followup"),
]
