"""Synthetic people: nobody here exists, and every way of reaching them leads nowhere.

NHS numbers lie in the 999 range, which is never issued; telephone numbers in the ranges that Ofcom
keeps for drama; e-mail addresses at example.org (RFC 2606); postcodes in ZZ99, which is no place.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from handrail.commands.demonstration.stream import Stream
from handrail.domain.identifiers import nhs_check_digit

GIVEN_NAMES = (
    *("Abena", "Adeel", "Agnes", "Aisha", "Alun", "Amara", "Anil", "Beatrix", "Bilal", "Bronwen", "Callum"),
    *("Carys", "Chidi", "Chloe", "Daniyal", "Deepa", "Dilys", "Edith", "Efua", "Emeka", "Fergus", "Fiona"),
    *("Gareth", "Grace", "Hamza", "Hannah", "Imran", "Isla", "Jasmine", "Jerome", "Kamala", "Keiran"),
    *("Kwame", "Leila", "Lloyd", "Marcia", "Mei", "Nadia", "Niamh", "Olu", "Owen", "Padma", "Priya"),
    *("Rhys", "Rosa", "Rupert", "Sade", "Sanjay", "Shanice", "Stanley", "Tariq", "Tess", "Uma", "Vera"),
    *("Winston", "Yusuf", "Zainab", "Zofia"),
)
FIRST_HALVES = (
    *(
        "Alder",
        "Ash",
        "Bramble",
        "Brook",
        "Clover",
        "Crane",
        "Dove",
        "Elm",
        "Fern",
        "Finch",
        "Gorse",
        "Hazel",
    ),
    *("Heron", "Holly", "Juniper", "Lark", "Linnet", "Marigold", "Moss", "Otter", "Plover", "Rowan", "Sedge"),
    *("Sorrel", "Tansy", "Teal", "Thistle", "Willow", "Wren", "Yarrow"),
)
SECOND_HALVES = ("croft", "dale", "field", "fold", "garth", "holt", "lea", "moor", "stead", "thorpe", "well")
STREETS = ("Row", "Lane", "Road", "Street", "Gardens", "Close", "Court", "Avenue")

# Shares at the baseline of the CORE sample, arms together (Wang and others 2020, BMC Psychiatry 20:355).
GENDERS = {"woman": 0.585, "man": 0.400, "non_binary": 0.010, "prefer_not_to_say": 0.005}
ETHNIC_GROUPS = {"white": 0.64, "black": 0.20, "asian": 0.09, "mixed": 0.07}
HOUSING = {"independent": 0.90, "supported": 0.06, "temporary": 0.03, "none": 0.01}
MEAN_AGE, AGE_SD, YOUNGEST, OLDEST = 40, 13, 18, 79


@dataclass(frozen=True)
class Identity:
    """Who a synthetic person is, and how they would be reached."""

    given_name: str
    surname: str
    born_on: date
    nhs_number: str
    email: str
    telephone: str
    address: str
    postcode: str
    gender: str
    ethnic_group: str
    housing: str
    is_first_crisis: bool


def nhs_number(place: int) -> str:
    """The NHS number of this place, counted from 0, in the synthetic range, with its right check digit.

    One nine-digit stem in eleven has no check digit and is passed over.
    """
    stem = 999_000_000 + place * 12 // 11
    while nhs_check_digit(str(stem)) == 10:
        stem += 1
    return f"{stem}{nhs_check_digit(str(stem))}"


def nhs_numbers(count: int, stream: Stream) -> list[str]:
    """So many different synthetic NHS numbers, in no order."""
    numbers = sorted({nhs_number(place) for place in range(2 * count + 20)})
    return stream.some(numbers, count)


def identity(number: int, nhs: str, *, near: date, stream: Stream) -> Identity:
    """The person of this number (counted from 0), of an age that suits the day they are referred near."""
    given = stream(GIVEN_NAMES)
    surname = stream(FIRST_HALVES) + stream(SECOND_HALVES)
    age = min(max(round(stream.normal(MEAN_AGE, AGE_SD)), YOUNGEST), OLDEST)
    return Identity(
        given_name=given,
        surname=surname,
        born_on=near - timedelta(days=round(age * 365.25) + stream.whole(20, 340)),
        nhs_number=nhs,
        email=f"{given}.{surname}.{number}@example.org".lower(),
        telephone=f"07700 900{number % 1000:03d}",
        address=f"{stream.whole(1, 99)} {stream(FIRST_HALVES)} {stream(STREETS)}, Exampleton",
        postcode=f"ZZ99 {stream.whole(1, 9)}{stream('ABDEFGHJ')}{stream('LNPQRSTU')}",
        gender=stream.weighted(GENDERS),
        ethnic_group=stream.weighted(ETHNIC_GROUPS),
        housing=stream.weighted(HOUSING),
        is_first_crisis=stream.chance(0.42),
    )
