from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DemoConfig(AppConfig):
    """The made-up municipality; does nothing outside demo and test mode."""

    name = "jobcentre.demo"
    label = "demo"
    verbose_name = _("Demo municipality")
