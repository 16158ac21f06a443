from django.urls import path

from jobcentre.casework.views import acts, case, lists, meetings, rights

app_name = "casework"
urlpatterns = [
    path("nu/", lists.now, name="now"),
    path("arenden/", lists.cases, name="cases"),
    path("sok/", lists.search, name="search"),
    path("arenden/<str:number>/", case.case_page, name="case"),
    path("arenden/<str:number>/del/<slug:key>/", case.case_tab, name="tab"),
    path("arenden/<str:number>/tidslinje/", case.timeline, name="timeline"),
    path("arenden/<str:number>/nummer/", case.unmask, name="unmask"),
    path("arenden/<str:number>/oppna/", case.open_sensitive, name="open_sensitive"),
    path("arenden/<str:number>/person/", acts.person_edit, name="person_edit"),
    path("arenden/<str:number>/nummer/byt/", rights.number_change, name="number_change"),
    path("arenden/<str:number>/skydd/", rights.protect, name="protect"),
    path("arenden/<str:number>/jav/", rights.conflict, name="conflict"),
    path("arenden/<str:number>/ersattare/", rights.cover, name="cover"),
    path("arenden/<str:number>/forlangning/", rights.extend, name="extend"),
    path("arenden/<str:number>/anteckning/", acts.note, name="note"),
    path("arenden/<str:number>/anteckning/<int:pk>/", acts.note_correct, name="note_correct"),
    path("arenden/<str:number>/anteckning/<int:pk>/stryk/", acts.note_strike, name="note_strike"),
    path("arenden/<str:number>/samtycke/", acts.consent, name="consent"),
    path(
        "arenden/<str:number>/samtycke/<int:pk>/aterkalla/",
        acts.consent_withdraw,
        name="consent_withdraw",
    ),
    path("arenden/<str:number>/dokument/", acts.document_add, name="document_add"),
    path("moten/", meetings.meetings, name="meetings"),
    path("moten/tider/", meetings.my_hours, name="my_hours"),
    path("moten/franvaro/", meetings.my_absence, name="my_absence"),
    path("moten/<uuid:ref>/", meetings.meeting, name="meeting"),
    path("moten/<uuid:ref>/flytta/", meetings.meeting_move, name="meeting_move"),
    path("moten/<uuid:ref>/kalender.ics", meetings.meeting_file, name="meeting_file"),
    path("dokument/<uuid:ref>/", acts.document, name="document"),
    path("arenden/<str:number>/tid/", acts.appointment, name="appointment"),
    path("arenden/<str:number>/coach/", acts.assign, name="assign"),
    path("arenden/<str:number>/flytta/", acts.move, name="move"),
    path("arenden/<str:number>/avbrott/", acts.pause, name="pause"),
    path("arenden/<str:number>/avbrott/slut/", acts.pause_end, name="pause_end"),
    path("arenden/<str:number>/avsluta/", acts.close, name="close"),
]
