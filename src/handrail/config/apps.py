"""Wiring: hands the keys to the records when Django starts."""

from django.apps import AppConfig


class Config(AppConfig):
    """The one place where settings meet the rooms."""

    name = "handrail.config"
    label = "config"

    def ready(self) -> None:
        """Hand the keys in."""
        from handrail.config.keys import load_keyring
        from handrail.records import encryption

        encryption.use_keys(load_keyring())
