from django.urls import path

from jobcentre.accounts import views

app_name = "accounts"
urlpatterns = [
    path("logga-in/", views.LoginView.as_view(), name="login"),
    path("logga-ut/", views.LogoutView.as_view(), name="logout"),
    path("losenord/", views.PasswordView.as_view(), name="password"),
    path("val/", views.preferences, name="preferences"),
    path("roll/", views.switch_role, name="switch_role"),
    path("vyer/spara/", views.view_save, name="view_save"),
    path("vyer/<int:pk>/ta-bort/", views.view_remove, name="view_remove"),
    path("enheter/", views.units, name="units"),
]
