from django.urls import path

from jobcentre.notices import views

app_name = "notices"
urlpatterns = [
    path("", views.notice_list, name="list"),
    path("<int:pk>/", views.open_notice, name="open"),
    path("lasta/", views.mark_all_read, name="read"),
]
