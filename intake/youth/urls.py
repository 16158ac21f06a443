"""The addresses of the outreach, under `unga/` and the names of `intake`."""

from django.urls import path

from intake.youth.views import contracts, entry, kaa, lists

urlpatterns = [
    path("", lists.start, name="youth_start"),  # what people type; the menu leads to nu/
    path("nu/", lists.start, name="youth_start"),
    path("registret/", lists.register, name="youth_register"),
    path("sok/", lists.find, name="youth_find"),
    path("registrera/", lists.new, name="youth_new"),
    path("kontrakt/", contracts.contracts, name="youth_contracts"),
    path("kontrakt/<uuid:ref>/", contracts.contract, name="youth_contract"),
    path("kontrakt/<uuid:ref>/avsluta/", contracts.contract_end, name="youth_contract_end"),
    path("kaa/", kaa.register, name="youth_kaa"),
    path("kaa/<uuid:ref>/", kaa.extract, name="youth_extract"),
    path("kaa/<uuid:ref>/fil/", kaa.extract_file, name="youth_extract_file"),
    path("behov/", kaa.needs, name="youth_needs"),
    path("sysselsattning/<uuid:ref>/", entry.occupation_end, name="youth_occupation_end"),
    path("atgarder/<uuid:ref>/", entry.measure_answer, name="youth_measure_answer"),
    path("registret/<uuid:ref>/", entry.entry, name="youth_entry"),
    path("registret/<uuid:ref>/kontakt/", entry.attempt, name="youth_attempt"),
    path("registret/<uuid:ref>/sysselsattning/", entry.occupation, name="youth_occupation"),
    path("registret/<uuid:ref>/atgard/", entry.measure, name="youth_measure"),
    path("registret/<uuid:ref>/uppgifter/", entry.details, name="youth_details"),
    path("registret/<uuid:ref>/ansvarig/", entry.assign, name="youth_assign"),
    path("registret/<uuid:ref>/sok-igen/", entry.again, name="youth_again"),
    path("registret/<uuid:ref>/avsluta/", entry.leave, name="youth_leave"),
    path("registret/<uuid:ref>/arende/", entry.open_case, name="youth_case"),
    path("registret/<uuid:ref>/kontrakt/", contracts.contract_new, name="youth_contract_new"),
    path("registret/<uuid:ref>/personnummer/", entry.unmask, name="youth_unmask"),
]
