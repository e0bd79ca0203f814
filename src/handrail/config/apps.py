"""Wiring: hands the keys to the records when Django starts."""

from django.apps import AppConfig
from django.contrib.messages.apps import MessagesConfig


class Config(AppConfig):
    """The one place where settings meet the rooms."""

    default = True
    name = "handrail.config"
    label = "config"

    def ready(self) -> None:
        """Hand in the way to the keys: they are read when first needed."""
        from django.conf import settings

        from handrail.records import encryption

        encryption.use_keys(settings.KEYS.keyring)


class SiteNotices(MessagesConfig):
    """Django's one-time notices, under a label of their own: ``messages`` is one of our rooms."""

    label = "site_notices"
