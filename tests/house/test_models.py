"""Rows keep the shape of the house: relations run downhill, sealed rooms have no back door."""

from __future__ import annotations

import tomllib

from tests.house import live
from tests.house.tree import ROOT


def test_every_field_is_classified_and_in_its_place_and_every_relation_runs_downhill() -> None:
    assert live.model_faults() == []


def test_an_exception_from_the_sealed_wing_needs_a_field_a_reason_and_a_living_test() -> None:
    stale = {
        "fields": ["gone"],
        "reason": " ",
        "kept_by": "tests/house/test_models.py::test_that_was_taken_out",
    }
    assert live.wing_faults({"followup.Interview.told"}, {"followup.Interview": stale}) == [
        "followup.Interview.told: arm-revealing, outside the sealed wing",
        "followup.Interview.gone: listed in outside_the_wing.toml for nothing",
        "followup.Interview: no reason given",
        "followup.Interview: no such test",
    ]


def test_sealed_rooms_may_hold_what_reveals_an_arm() -> None:
    from handrail.records.allocation.models import Draw
    from handrail.records.conduct.models import Deviation

    assert live.revealing({"allocation.Draw": Draw, "conduct.Deviation": Deviation}) == {
        "conduct.Deviation.note"
    }


def test_the_order_of_rooms_is_the_one_in_the_import_contracts() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    layers = next(contract["layers"] for contract in contracts if contract["id"] == "rooms")
    rooms = [tuple(room.strip(" ()") for room in layer.split("|")) for layer in layers]
    assert [set(row) for row in reversed(rooms[:-2])] == [set(row) for row in live.ROOMS]


def test_the_sealed_rooms_are_those_that_masked_code_may_not_reach() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    forbidden = next(contract["forbidden_modules"] for contract in contracts if contract["id"] == "masking")
    rooms = {room for row in live.ROOMS for room in row}
    assert {name.split(".")[-1] for name in forbidden} & rooms == live.SEALED
