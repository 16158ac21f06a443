from django.contrib import admin
from django.urls import include, path
from django.views.i18n import set_language

from jobcentre import views

urlpatterns = [
    path("", views.start, name="start"),
    path("halsa/", views.health, name="health"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("sprak/", set_language, name="set_language"),
    path("konto/", include("jobcentre.accounts.urls")),
    path("aviseringar/", include("jobcentre.notices.urls")),
    path("", include("jobcentre.ui.urls")),
    path("", include("jobcentre.casework.urls")),
    path("", include("intake.urls")),
    path("", include("activityplans.urls")),
    path("", include("referrals.urls")),
    path("", include("employers.urls")),
    path("", include("reporting.urls")),
    path("kodlistor/", admin.site.urls),
]

handler400 = "jobcentre.ui.views.bad_request"
handler403 = "jobcentre.ui.views.forbidden"
handler404 = "jobcentre.ui.views.missing"
handler500 = "jobcentre.ui.views.failure"
