"""A played trial in the test's own database, with ids that the test decides.

Ids come from one stream for each kind of row. So a second play in which only the allocation list is
turned over gives every masked row the same id, whatever the sealed wing makes in between.
"""

from __future__ import annotations

import random
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from unittest.mock import patch

from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from handrail.commands.demonstration.arrangement import Plan, arrange
from handrail.commands.demonstration.play import Manner, Played, play
from handrail.commands.demonstration.steps import moment
from handrail.records.accounts import actions as accounts


class RolledBack(Exception):
    """Raised at the end of a world, so that the database forgets it."""


@contextmanager
def decided_ids(seed: int) -> Iterator[None]:
    """Give every kind of row a stream of ids of its own."""
    fields = [
        field
        for model in apps.get_models()
        for field in model._meta.local_concrete_fields
        if isinstance(field, models.UUIDField) and field.primary_key and callable(field.default)
    ]
    before = [field.default for field in fields]
    try:
        for field in fields:
            field.default = _stream(f"{seed} {field.model._meta.label}")
            field.__dict__.pop("_get_default", None)
        yield
    finally:
        for field, default in zip(fields, before, strict=True):
            field.default = default
            field.__dict__.pop("_get_default", None)


def _stream(seed: str) -> Callable[[], uuid.UUID]:
    dice = random.Random(seed)
    return lambda: uuid.UUID(int=dice.getrandbits(128), version=4)


@contextmanager
def played(
    folder: Path, *, people: int, seed: int = 7, is_swapped: bool = False, until: date | None = None
) -> Iterator[Played]:
    """A trial of synthetic people, played to its end or to a day; forgotten afterwards.

    The site's clock is set to the day after the last act.
    """
    try:
        with transaction.atomic(), decided_ids(seed):
            protocol = settings.PROTOCOL
            started_at = moment(protocol.programme.recruits_from - timedelta(days=40), "09:00")
            accounts.install(is_synthetic=True, protocol_hash=protocol.file_hash, at=started_at, agent="test")
            arrangement = arrange(Plan(seed, people), protocol)
            manner = Manner(is_swapped=is_swapped, until=until)
            made = play(arrangement, protocol, files=folder, manner=manner)
            at = made.last_at + timedelta(days=1)
            accounts.set_clock(at - timezone.now(), at=at, agent="test")
            yield made
            raise RolledBack
    except RolledBack:
        pass


@contextmanager
def decided_keys() -> Iterator[None]:
    """Hidden keys of forms as the test decides them: they are random by nature, and say nothing."""
    fixed = uuid.UUID(int=0)
    with patch("handrail.web.shared.forms.uuid4", return_value=fixed):
        yield
