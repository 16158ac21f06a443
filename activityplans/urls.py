from django.urls import path

from activityplans import views

app_name = "activityplans"
urlpatterns = [
    path("planer/", views.plan_list, name="plans"),
    path("planer/att-ta-stallning/", views.queue, name="queue"),
    path("planer/besvarade/", views.decided, name="decided"),
    path("planer/svar/<int:pk>/", views.decide_plan, name="decide"),
    path("arenden/<str:number>/plan/", views.plan, name="plan"),
    path("arenden/<str:number>/plan/skriv/", views.edit, name="edit"),
    path("arenden/<str:number>/plan/omprova/", views.review, name="review"),
    path("arenden/<str:number>/plan/utskrift/", views.plan_pdf, name="print"),
    path("aktiviteter/<uuid:ref>/uppfoljning/", views.follow_up, name="follow_up"),
    path("insatser/", views.catalogue, name="catalogue"),
]
