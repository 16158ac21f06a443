from django.urls import path

from activityplans.views import (
    answering,
    attendance,
    catalogue,
    follow_ups,
    lists,
    printing,
    queue,
    signing,
    statements,
    writing,
)

app_name = "activityplans"
urlpatterns = [
    path("planer/", lists.plan_list, name="plans"),
    path("planer/att-ta-stallning/", queue.queue, name="queue"),
    path("planer/besvarade/", queue.decided, name="decided"),
    path("planer/svar/<int:pk>/", queue.decide_plan, name="decide"),
    path("planer/svar/<int:pk>/vidare/", answering.forward_plan, name="forward"),
    path("planer/svar/<int:pk>/utskrift/", answering.answer_pdf, name="answer_print"),
    path("planer/ersattare/", answering.stand_ins, name="stand_ins"),
    path("arenden/<str:number>/plan/", writing.plan, name="plan"),
    path("arenden/<str:number>/plan/skriv/", writing.edit, name="edit"),
    path("arenden/<str:number>/plan/underskrift/", signing.sign, name="sign"),
    path("arenden/<str:number>/plan/omprova/", follow_ups.review, name="review"),
    path("arenden/<str:number>/plan/utskrift/", printing.plan_pdf, name="print"),
    path("arenden/<str:number>/plan/kalender/", printing.plan_calendar, name="calendar"),
    path("aktiviteter/<uuid:ref>/uppfoljning/", follow_ups.follow_up, name="follow_up"),
    path("aktiviteter/<uuid:ref>/avbryt/", follow_ups.break_off, name="break_off"),
    path("narvaro/", attendance.attendance, name="attendance"),
    path("narvaro/manad/", attendance.attendance_month, name="attendance_month"),
    path("narvaro/tillfalle/<int:pk>/", attendance.session, name="session"),
    path(
        "narvaro/tillfalle/<int:pk>/rapportera/", attendance.report_absence, name="report_absence"
    ),
    path("narvaro/upprepad/<int:pk>/", attendance.repeated_absence, name="repeated_absence"),
    path("insatser/", catalogue.catalogue, name="catalogue"),
    path("insatser/ny/", catalogue.add, name="service_new"),
    path("insatser/<slug:key>/", catalogue.service, name="service"),
    path("insatser/<slug:key>/andra/", catalogue.change, name="service_edit"),
    path("underlag/", statements.statements, name="statements"),
    path("underlag/<uuid:ref>/", statements.statement, name="statement"),
    path("underlag/<uuid:ref>/utskrift/", statements.statement_pdf, name="statement_print"),
    path("underlag/<uuid:ref>/ratta/", statements.correct, name="statement_correct"),
    path("underlag/<uuid:ref>/last/", statements.confirm, name="statement_confirm"),
    path("arenden/<str:number>/underlag/<str:month>/", statements.write, name="statement_write"),
]
