"""The list is made once, before recruitment, with the operating system's dice where people are real."""

from __future__ import annotations

import secrets
from random import Random

import pytest

from handrail.domain.refusal import Refused
from handrail.domain.words import Because, Event
from handrail.records.allocation import facts
from handrail.records.allocation.models import ListMade, Slot
from handrail.records.audit.models import Line
from tests.records.told import told
from tests.river import River, core, with_short_lists

pytestmark = pytest.mark.django_db


def installation(*, is_synthetic: bool) -> River:
    river = River(with_short_lists(core()))
    river.set_up(is_synthetic=is_synthetic)
    return river


def refusals(river: River, *sizes: int, is_seeded: bool = False) -> list[Because]:
    with pytest.raises(Refused) as refused, told():
        river.make_list(*sizes, is_seeded=is_seeded)
    assert not facts.is_list_made() or Because.LIST_MADE_ALREADY in {r.code for r in refused.value.reasons}
    return [reason.code for reason in refused.value.reasons]


def test_a_list_for_real_people_is_never_made_from_a_seed() -> None:
    river = installation(is_synthetic=False)
    assert refusals(river, is_seeded=True) == [Because.DICE_ARE_SEEDED]
    assert Slot.objects.count() == 0
    river.pick = secrets.SystemRandom().choice
    with told(Event.LIST_MADE):
        river.make_list(is_seeded=False)
    assert facts.is_list_made()


def test_a_database_never_marked_counts_as_real() -> None:
    assert refusals(River(with_short_lists(core())), is_seeded=True) == [Because.DICE_ARE_SEEDED]


def test_a_synthetic_installation_may_use_a_seed_and_says_so() -> None:
    installation(is_synthetic=True).make_list(is_seeded=True)
    assert ListMade.objects.get().is_seeded


def test_a_list_is_made_once() -> None:
    river = installation(is_synthetic=True)
    river.make_list()
    before = list(Slot.objects.order_by("id").values_list("id", "sealed_arm"))
    assert refusals(river) == [Because.LIST_MADE_ALREADY]
    assert list(Slot.objects.order_by("id").values_list("id", "sealed_arm")) == before


def test_block_sizes_that_break_the_ratio_are_refused() -> None:
    river = installation(is_synthetic=True)
    assert refusals(river, 4, 5) == [Because.BLOCK_SIZE_WRONG]
    river.make_list(2, 8)


def test_the_block_sizes_are_kept_nowhere() -> None:
    installation(is_synthetic=True).make_list(38, 42)
    line = Line.objects.get(event=Event.LIST_MADE.value)
    assert (line.wing, line.detail, line.reason) == ("sealed", {}, "")
    assert {field.name for field in ListMade._meta.concrete_fields} == {
        "id",
        "made_at",
        "made_by",
        "protocol_version",
        "protocol_hash",
        "is_seeded",
    }


def test_the_same_seed_makes_the_same_list_and_another_seed_another() -> None:
    from handrail.domain.allocation import make_blocks

    def made(seed: int) -> tuple[str, ...]:
        return make_blocks({"one": 1, "other": 1}, sizes=(4, 6), length=60, pick=Random(seed).choice)

    first, second = made(5), made(5)
    assert first == second
    assert made(6) != first
