from django.urls import path

from referrals.views import agreements, attendance, order, portal, providers, sending

app_name = "referrals"
urlpatterns = [
    path("bestallningar/", sending.orders, name="orders"),
    path("bestallningar/<uuid:ref>/", order.order, name="order"),
    path("bestallningar/<uuid:ref>/tacka-ja/", order.accept, name="accept"),
    path("bestallningar/<uuid:ref>/tacka-nej/", order.decline, name="decline"),
    path("bestallningar/<uuid:ref>/fraga/", order.ask, name="ask"),
    path("bestallningar/<uuid:ref>/svara/", order.reply, name="reply"),
    path("bestallningar/<uuid:ref>/vantelista/", order.wait, name="wait"),
    path("bestallningar/<uuid:ref>/pausa/", order.pause, name="pause"),
    path("bestallningar/<uuid:ref>/fortsatt/", order.resume, name="resume"),
    path("bestallningar/<uuid:ref>/annan/", sending.elsewhere, name="elsewhere"),
    path("bestallningar/<uuid:ref>/start/", order.start, name="start"),
    path("bestallningar/<uuid:ref>/aterta/", order.withdraw, name="withdraw"),
    path("bestallningar/<uuid:ref>/rapport/", order.report, name="report"),
    path("bestallningar/<uuid:ref>/avsluta/", order.end, name="end"),
    path("bestallningar/<uuid:ref>/tillfallen/", order.sessions, name="sessions"),
    path("aktiviteter/<uuid:ref>/bestall/", sending.send, name="send"),
    path("avtal/", agreements.agreement_list, name="agreements"),
    path("avtal/nytt/", agreements.add, name="agreement_new"),
    path("avtal/<int:pk>/", agreements.agreement, name="agreement"),
    path("avtal/<int:pk>/andra/", agreements.change, name="agreement_edit"),
    path("avtal/<int:pk>/besluta/", agreements.decide, name="agreement_decide"),
    path("utforarregister/", providers.provider_list, name="providers"),
    path("utforarregister/ny/", providers.add, name="provider_new"),
    path("utforarregister/<int:pk>/", providers.provider, name="provider"),
    path("utforarregister/<int:pk>/andra/", providers.change, name="provider_edit"),
    path("utforarregister/<int:pk>/<slug:part>/ny/", providers.part_new, name="provider_part_new"),
    path(
        "utforarregister/<int:pk>/<slug:part>/<int:row>/",
        providers.part_change,
        name="provider_part",
    ),
    path("utforare/", portal.portal, name="portal"),
    path("utforare/narvaro/", attendance.attendance, name="attendance"),
    path("utforare/narvaro/manad/", attendance.attendance_month, name="attendance_month"),
    path("utforare/narvaro/<int:pk>/", attendance.session, name="session"),
    path("utforare/narvaro/<int:pk>/rapportera/", attendance.report_absence, name="report_absence"),
]
