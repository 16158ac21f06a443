from django.urls import path

from referrals import views

app_name = "referrals"
urlpatterns = [
    path("bestallningar/", views.orders, name="orders"),
    path("bestallningar/<uuid:ref>/", views.order, name="order"),
    path("bestallningar/<uuid:ref>/tacka-ja/", views.accept, name="accept"),
    path("bestallningar/<uuid:ref>/tacka-nej/", views.decline, name="decline"),
    path("bestallningar/<uuid:ref>/start/", views.start, name="start"),
    path("bestallningar/<uuid:ref>/aterta/", views.withdraw, name="withdraw"),
    path("bestallningar/<uuid:ref>/rapport/", views.report, name="report"),
    path("bestallningar/<uuid:ref>/avsluta/", views.end, name="end"),
    path("bestallningar/<uuid:ref>/tillfallen/", views.sessions, name="sessions"),
    path("aktiviteter/<uuid:ref>/bestall/", views.send, name="send"),
    path("utforare/", views.portal, name="portal"),
    path("utforare/narvaro/", views.attendance, name="attendance"),
    path("utforare/narvaro/manad/", views.attendance_month, name="attendance_month"),
    path("utforare/narvaro/<int:pk>/", views.session, name="session"),
    path("utforare/narvaro/<int:pk>/rapportera/", views.report_absence, name="report_absence"),
]
