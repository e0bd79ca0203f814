"""``python -m tests.browser.stage``: an installation of synthetic people, for stories in a real browser.

The site is served from it by gunicorn, as an operator serves it, in a process of its own: so the stories
go through the real settings, the real start and the real password hashing. Prints one JSON object: an
account of each role with its password and authenticator's secret, and people at stages of the river.
"""

from __future__ import annotations

import json
import sys
from typing import Any


def build() -> dict[str, Any]:
    """Make keys, tables, accounts and people in ``HANDRAIL_HOME``."""
    from handrail.commands.installation import make_folders, make_master_key
    from handrail.commands.starting import make_tables, start_django

    start_django()
    from django.conf import settings

    make_folders(settings.PLACE)
    make_master_key(settings.MASTER_KEY_FILE)
    make_tables()

    from handrail.domain.words import Role
    from tests.pages import door
    from tests.river import River

    river = River()
    river.set_up()
    river.make_list()
    newcomer = Role.SERVICE_MANAGER  # has a password and no second factor yet
    staff = {
        role.value: door.make_staff(role, has_app=role is not newcomer).email
        for role in Role
        if role is not Role.PERSON
    }
    registration = river.registered(1)
    river.entered(2)
    return {
        "staff": staff,
        "newcomer": staff[newcomer.value],
        "password": door.PASSWORD,
        "secret": door.SECRET,
        "person": {"email": "person1@example.org", "id": str(river.person_of(registration))},
    }


if __name__ == "__main__":
    json.dump(build(), sys.stdout)
