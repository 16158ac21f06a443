from django.urls import include, path

from intake import first_day_views, views
from intake.groups.views import lists as group_lists
from intake.groups.views import meetings as groups
from intake.groups.views import places as group_places
from intake.groups.views import printing as group_papers
from intake.lists import views as lists
from intake.mapping.views import facts, mapping, parties, progress
from intake.reception.views import board, door, entrances, screens, visits
from intake.referrals_in import views as referrals_in
from intake.registrations import persons
from intake.registrations import views as registrations

app_name = "intake"
urlpatterns = [
    path("unga/", include("intake.youth.urls")),
    path("mottagning/", board.desk, name="desk"),
    path("mottagning/ko/", board.queue, name="queue"),
    path("mottagning/vem/", board.lookup, name="lookup"),
    path("mottagning/registrera/", board.register, name="register"),
    path("mottagning/foretag/", board.company, name="company"),
    path("mottagning/bokad/<int:pk>/", board.arrive, name="arrive"),
    path("mottagning/disk/<int:pk>/", board.sit_down, name="sit_down"),
    path("mottagning/disk/lamna/", board.stand_up, name="stand_up"),
    path("mottagning/skarm/", board.show_lobby, name="show_lobby"),
    path("mottagning/avtalade/", entrances.entrances, name="entrances"),
    path("mottagning/avtalade/<int:pk>/", entrances.entrance_used, name="entrance_used"),
    path("moten/<uuid:ref>/ingang/", entrances.meeting_entrance, name="meeting_entrance"),
    path("mottagning/skarmar/", screens.screens, name="screens"),
    path("mottagning/skarmar/<int:pk>/byt/", screens.screen_replace, name="screen_replace"),
    path("mottagning/skarmar/<int:pk>/avsluta/", screens.screen_end, name="screen_end"),
    path("mottagning/diskar/<int:pk>/stang/", screens.desk_close, name="desk_close"),
    path("mottagning/enheter/<int:pk>/disk/", screens.desk_add, name="desk_add"),
    path("mottagning/enheter/<int:pk>/skarm/", screens.lobby_add, name="lobby_add"),
    path("mottagning/enheter/<int:pk>/platta/", screens.screen_add, name="screen_add"),
    path("remisser/", referrals_in.referrals_in, name="referrals_in"),
    path("remisser/ny/", referrals_in.referral_in_new, name="referral_in_new"),
    path("remisser/<uuid:ref>/", referrals_in.referral_in, name="referral_in"),
    path("remisser/<uuid:ref>/tid/", referrals_in.referral_in_time, name="referral_in_time"),
    path("remisser/<uuid:ref>/person/", referrals_in.referral_in_person, name="referral_in_person"),
    path(
        "remisser/<uuid:ref>/kontakt/", referrals_in.referral_in_contact, name="referral_in_contact"
    ),
    path("remisser/<uuid:ref>/avsluta/", referrals_in.referral_in_end, name="referral_in_end"),
    path("grupper/", group_lists.groups, name="groups"),
    path("grupper/kalender/", group_lists.calendar, name="group_calendar"),
    path("grupper/ny/", groups.group_new, name="group_new"),
    path("grupper/<uuid:ref>/", groups.group, name="group"),
    path("grupper/<uuid:ref>/andra/", groups.group_change, name="group_change"),
    path("grupper/<uuid:ref>/stall-in/", groups.group_cancel, name="group_cancel"),
    path("grupper/<uuid:ref>/stang/", groups.group_close, name="group_close"),
    path("grupper/<uuid:ref>/anmal/", group_places.group_sign_up, name="group_sign_up"),
    path("grupper/<uuid:ref>/narvaro/", groups.group_attendance, name="group_attendance"),
    path("grupper/<uuid:ref>/deltagarlista/", group_papers.participants, name="group_participants"),
    path("grupper/<uuid:ref>/dorrlista/", group_papers.door_list, name="group_door"),
    path("grupper/plats/<uuid:ref>/avboka/", group_places.place_cancel, name="place_cancel"),
    path("grupper/plats/<uuid:ref>/kalender.ics", group_places.place_file, name="place_file"),
    path("arenden/<str:number>/grupp/", group_places.case_sign_up, name="case_sign_up"),
    path("besok/", visits.visits, name="visits"),
    path("besok/<uuid:ref>/", visits.visit, name="visit"),
    path("besok/<uuid:ref>/kalla/", visits.call, name="call"),
    path("besok/<uuid:ref>/borja/", visits.begin, name="begin"),
    path("besok/<uuid:ref>/tillbaka/", visits.put_back, name="put_back"),
    path("besok/<uuid:ref>/vem/", visits.identify, name="identify"),
    path("besok/<uuid:ref>/skriv-in/", views.enrol, name="enrol"),
    path("skarm/<str:token>/", door.lobby, name="lobby"),
    path("skarm/<str:token>/ko/", door.lobby_queue, name="lobby_queue"),
    path("anmal/<str:token>/", door.door, name="door"),
    path("arenden/<str:number>/ingang/<int:pk>/", entrances.entrance, name="entrance"),
    path("arenden/<str:number>/forsta-dagen/", first_day_views.checklist, name="rights"),
    path("arenden/<str:number>/kartlaggning/", mapping.mapping, name="mapping"),
    path("arenden/<str:number>/kartlaggning/historik/", mapping.history, name="mapping_history"),
    path("arenden/<str:number>/kartlaggning/utskrift/", mapping.paper, name="mapping_print"),
    path("arenden/<str:number>/kartlaggning/bidrag/", parties.part, name="mapping_part"),
    path("arenden/<str:number>/kartlaggning/bjud-in/", parties.invite, name="mapping_invite"),
    path(
        "arenden/<str:number>/kartlaggning/bjud-in/<int:pk>/avsluta/",
        parties.uninvite,
        name="mapping_uninvite",
    ),
    path("arenden/<str:number>/kartlaggning/bilaga/", parties.document, name="mapping_document"),
    path("arenden/<str:number>/kartlaggning/uppgift/<slug:kind>/", facts.add, name="fact_add"),
    path(
        "arenden/<str:number>/kartlaggning/uppgift/<int:pk>/ta-bort/",
        facts.remove,
        name="fact_remove",
    ),
    path("arenden/<str:number>/skattning/", progress.progress, name="progress"),
    path("yrken/", facts.occupations, name="occupations"),
    path("personer/<uuid:ref>/", persons.person, name="person"),
    path("personer/<uuid:ref>/nummer/", persons.person_number, name="person_number"),
    path("personer/<uuid:ref>/skydd/", persons.person_protect, name="person_protect"),
    path("dubbletter/", registrations.duplicates, name="duplicates"),
    path("dubbletter/svar/", registrations.answer, name="pair_answer"),
    path("dubbletter/<uuid:ref>/<uuid:other>/", registrations.merge, name="merge"),
    path("sammanslagningar/<uuid:ref>/", registrations.merged, name="merged"),
    path("listor/", lists.lists, name="lists"),
    path("listor/<uuid:ref>/", lists.one, name="list"),
    path("listor/<uuid:ref>/kolumner/", lists.columns, name="list_columns"),
    path("listor/<uuid:ref>/rad/<int:line>/", lists.row, name="list_row"),
    path("listor/<uuid:ref>/resultat/", lists.result, name="list_result"),
]
