"""Rows keep the shape of the house: relations run downhill, sealed rooms have no back door."""

from __future__ import annotations

import tomllib

from tests.house import live
from tests.house.tree import ROOT


def test_every_field_is_classified_and_every_relation_runs_downhill() -> None:
    assert live.model_faults() == []


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
