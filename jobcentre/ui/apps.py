from django.apps import AppConfig


class UiConfig(AppConfig):
    """The shell of every page: formats, icons, charts, template tags. No models, knows no app."""

    name = "jobcentre.ui"
    label = "ui"
