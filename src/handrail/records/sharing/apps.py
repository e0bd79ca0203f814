"""Tells Django about this room."""

from django.apps import AppConfig


class Room(AppConfig):
    """The room's name and label."""

    name = "handrail.records.sharing"
    label = "sharing"
    default_auto_field = "django.db.models.BigAutoField"
