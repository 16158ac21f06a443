from django.urls import path

from employers import views
from employers.fairs import views as fairs

app_name = "employers"
urlpatterns = [
    path("naringsliv/", views.start, name="start"),
    path("arbetsgivare/", views.employer_list, name="list"),
    path("arbetsgivare/ny/", views.employer_new, name="new"),
    path("arbetsgivare/<int:pk>/", views.employer, name="employer"),
    path("arbetsgivare/<int:pk>/andra/", views.employer_edit, name="edit"),
    path("arbetsgivare/<int:pk>/behov/", views.need_new, name="need_new"),
    path("massor/", fairs.fairs, name="fairs"),
    path("massor/<uuid:ref>/", fairs.fair, name="fair"),
    path("massor/<uuid:ref>/ta-bort/<int:pk>/", fairs.fair_remove, name="fair_remove"),
    path("behov/", views.needs, name="needs"),
    path("behov/<int:pk>/", views.need, name="need"),
    path("behov/<int:pk>/andra/", views.need_edit, name="need_edit"),
    path("behov/<int:pk>/stang/", views.need_close, name="need_close"),
    path("behov/<int:pk>/foresla/<str:number>/", views.propose, name="propose"),
    path("placeringar/<int:pk>/", views.placement, name="placement"),
    path("placeringar/<int:pk>/svar/", views.answer, name="answer"),
    path("placeringar/<int:pk>/start/", views.begin, name="begin"),
    path("placeringar/<int:pk>/avsluta/", views.end, name="end"),
    path("placeringar/<int:pk>/aterta/", views.withdraw, name="withdraw"),
    path("arenden/<str:number>/profil/", views.profile, name="profile"),
    path("arenden/<str:number>/behov/", views.fitting, name="fitting"),
]
