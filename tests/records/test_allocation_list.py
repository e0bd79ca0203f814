"""The sealed list: nothing that is stored tells what stands on it, even to who holds the database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import connection

from handrail.domain.refusal import Conflict, NotFound
from handrail.records.allocation import actions, facts, sealing
from handrail.records.allocation.models import Slot
from handrail.records.encryption import keys
from tests.river import River

TOKEN = 8  # bytes: two slots that share so many in a row share something


def sealed_arms() -> list[bytes]:
    return [
        bytes(arm)
        for arm in Slot.objects.order_by("stratum", "position").values_list("sealed_arm", flat=True)
    ]


def every_byte() -> bytes:
    """All that the database holds: the file itself, or every column of every table."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        return connection.connection.serialize()
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        return b"|".join(value for table in tables for value in _values(cursor, table))


def _values(cursor, table: str) -> Iterator[bytes]:
    cursor.execute(f'SELECT * FROM "{table}"')
    for row in cursor.fetchall():
        for value in row:
            yield bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()


def shared_tokens(texts: list[bytes]) -> int:
    """How many runs of bytes stand in more than one of the texts."""
    seen = Counter(
        token for text in texts for token in {text[n : n + TOKEN] for n in range(len(text) - TOKEN + 1)}
    )
    return sum(count > 1 for count in seen.values())


def test_no_arm_is_readable_anywhere_in_the_database(river: River) -> None:
    river.entered(1)
    held = every_byte()
    assert b"team_1" in held  # so the search can find what is there
    words = [text for arm in river.under.arms for text in (arm.code, arm.title, arm.code[:8])]
    assert [word for word in words if word.encode() in held] == []


def test_no_two_places_look_alike_and_all_are_as_long(river: River) -> None:
    arms = sealed_arms()
    assert len(arms) >= 6 * 12
    assert shared_tokens(arms) == 0
    assert len({len(arm) for arm in arms}) == 1


def test_a_cipher_that_repeats_itself_would_be_seen() -> None:
    box, nonce = AESGCM(bytes(32)), bytes(12)
    repeated = [nonce + box.encrypt(nonce, arm.ljust(64, b"\0"), b"") for arm in (b"one", b"other", b"one")]
    assert shared_tokens(repeated) > 0


def test_the_arm_opens_with_the_key_in_its_own_place_and_nowhere_else(river: River) -> None:
    one, other = Slot.objects.filter(stratum="team_1").order_by("position")[:2]
    arms = {arm.code for arm in river.under.arms}
    assert sealing.open_up(one.sealed_arm, stratum="team_1", position=1) in arms
    for stratum, position in (("team_1", 2), ("team_2", 1)):
        with pytest.raises(InvalidTag):
            sealing.open_up(one.sealed_arm, stratum=stratum, position=position)
    with pytest.raises(InvalidTag):
        sealing.open_up(other.sealed_arm, stratum="team_1", position=1)


def test_the_list_has_a_key_of_its_own() -> None:
    ring = keys()
    assert ring.allocation_list not in {*ring.fields.values(), ring.index, ring.ledger}


def test_draws_are_the_first_places_of_each_stratum_without_a_hole(river: River) -> None:
    entries = [river.entered(n, f"team_{n % 2 + 1}") for n in range(6)]
    draws = facts.opened_draws()
    assert {draw.entry_id for draw in draws} == set(entries)
    places = {team: sorted(d.position for d in draws if d.stratum == team) for team in ("team_1", "team_2")}
    assert places == {"team_1": [1, 2, 3], "team_2": [1, 2, 3]}
    assert [slot.position for slot in facts.free_slots("team_1")][:2] == [4, 5]


def test_what_is_opened_for_the_lock_is_what_each_reader_in_the_sealed_wing_is_told(river: River) -> None:
    for serial in range(5):
        river.entered(serial)
    everybody = facts.offers(under=river.under.arms)
    for draw in facts.opened_draws():
        assert everybody[draw.entry_id].code == draw.arm
        offered = facts.offer(draw.registration_id, under=river.under.arms)
        assert offered is not None
        assert draw.arm == facts.arm_of(draw.entry_id) == offered.code
        place = Slot.objects.get(stratum=draw.stratum, position=draw.position)
        assert sealing.open_up(place.sealed_arm, stratum=draw.stratum, position=draw.position) == draw.arm


def test_nobody_is_offered_anything_before_entry(river: River) -> None:
    registration_id = river.ready(1)
    assert facts.offer(registration_id, under=river.under.arms) is None
    with pytest.raises(NotFound):
        facts.arm_of(UUID(int=0))


def test_a_second_list_loses_to_the_first(river: River) -> None:
    before = sealed_arms()
    with pytest.raises(Conflict):
        actions.make_list({"team_1": ("one",)}, is_seeded=True, under=river.under, by=river.by, at=river.at)
    assert sealed_arms() == before


def test_the_list_holds_every_stratum_in_whole_balanced_blocks(river: River) -> None:
    lists: dict[str, list[str]] = {}
    for slot in Slot.objects.order_by("stratum", "position"):
        arm = sealing.open_up(slot.sealed_arm, stratum=slot.stratum, position=slot.position)
        lists.setdefault(slot.stratum, []).append(arm)
    assert set(lists) == {team.code for team in river.under.programme.teams}
    for arms in lists.values():
        assert 12 <= len(arms) < 12 + 6
        assert len({arms.count(arm.code) for arm in river.under.arms}) == 1
    assert len({tuple(arms) for arms in lists.values()}) > 1


def test_what_was_drawn_stays_drawn_as_others_follow(river: River) -> None:
    before = ()
    for serial in range(4):
        river.at += timedelta(days=1)
        river.entered(serial)
        draws = facts.opened_draws()
        assert set(before) < set(draws)
        before = draws
