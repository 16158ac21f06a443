from django.urls import path

from jobcentre.ui import views

app_name = "ui"
urlpatterns = [
    path("accent.css", views.accent, name="accent"),
    path("tillganglighet/", views.accessibility, name="accessibility"),
    path("hjalp/", views.help_page, name="help"),
    path("om/komponenter/", views.guide, name="guide"),
]
