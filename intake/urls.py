from django.urls import path

from intake import views

app_name = "intake"
urlpatterns = [
    path("mottagning/", views.desk, name="desk"),
    path("mottagning/vem/", views.lookup, name="lookup"),
    path("mottagning/registrera/", views.register, name="register"),
    path("besok/", views.visits, name="visits"),
    path("besok/<uuid:ref>/", views.visit, name="visit"),
    path("besok/<uuid:ref>/skriv-in/", views.enrol, name="enrol"),
    path("arenden/<str:number>/forsta-dagen/", views.rights, name="rights"),
    path("arenden/<str:number>/kartlaggning/", views.mapping, name="mapping"),
]
