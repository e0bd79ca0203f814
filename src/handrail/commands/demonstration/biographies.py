"""One life out of its parts: each part has its own dice, so that none disturbs another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from handrail.commands.demonstration import contacts, harms, interviews, people, recruitment
from handrail.commands.demonstration.figures import Figures
from handrail.commands.demonstration.lives import Contact, Entrant, Fate, Life, Path, Spell
from handrail.commands.demonstration.people import Identity
from handrail.commands.demonstration.spells import spells_of
from handrail.commands.demonstration.stream import Stream
from handrail.domain.protocol import PeerSessions, Protocol

WORKERS_PER_TEAM = 2
CONCERNED = 0.03
RECONTACT = 0.85
# Meetings for lives under a protocol that offers none: settled all the same, never played.
NO_OFFER = PeerSessions(maximum_count=10, minutes=60, within_months=4, adherent_count=3)
NOBODY = Contact((), True, None, 0, 0, None)


@dataclass(frozen=True)
class Parts:
    """What is settled for everybody together, by the number of the person."""

    paths: Mapping[int, Path]
    spells: Mapping[int, tuple[Spell, ...]]
    harms: harms.Harms
    engagements: Mapping[int, str]


def lives(
    seed: int,
    entrants: Sequence[Entrant],
    fates: Mapping[int, Fate],
    figures: Figures | None,
    protocol: Protocol,
) -> tuple[Life, ...]:
    """Everybody's life: those who enter, in order of entry, then those who do not."""
    parts = _parts(seed, entrants, fates, figures, protocol)
    others = round(len(entrants) * recruitment.OTHERS_PER_ENTRANT)
    numbers = people.nhs_numbers(len(entrants) + others, Stream(seed, "nhs numbers"))
    entered = (_entered(seed, one, fates[one.number], numbers, parts, protocol) for one in entrants)
    left = (_left(seed, number, numbers, protocol) for number in range(len(entrants), len(numbers)))
    return (*entered, *left)


def _parts(
    seed: int,
    entrants: Sequence[Entrant],
    fates: Mapping[int, Fate],
    figures: Figures | None,
    protocol: Protocol,
) -> Parts:
    paths = {
        one.number: recruitment.path_to_entry(
            one.team_code,
            one.entered_on,
            protocol.programme,
            protocol.eligibility,
            Stream(seed, "path", one.number),
        )
        for one in entrants
    }
    spells = {
        one.number: _spells(seed, one, paths[one.number], fates[one.number], protocol) for one in entrants
    }
    return Parts(
        paths=paths,
        spells=spells,
        harms=harms.harms(
            entrants,
            fates,
            spells,
            figures=figures,
            under=protocol.safety,
            stream=Stream(seed, "harms"),
        ),
        engagements=contacts.engagements(entrants, figures, Stream(seed, "engagements")),
    )


def _spells(seed: int, one: Entrant, path: Path, fate: Fate, protocol: Protocol) -> tuple[Spell, ...]:
    stream = Stream(seed, "spells", one.number)
    home = protocol.team(one.team_code).provider
    providers = sorted({team.provider for team in protocol.programme.teams} - {home}) or [home]
    return spells_of(path, fate, provider=home, elsewhere=stream(providers), stream=stream)


def _identity(seed: int, number: int, numbers: Sequence[str], path: Path) -> Identity:
    stream = Stream(seed, "identity", number)
    return people.identity(number, numbers[number], near=path.received_on, stream=stream)


def _entered(
    seed: int, one: Entrant, fate: Fate, numbers: Sequence[str], parts: Parts, protocol: Protocol
) -> Life:
    path, stream = parts.paths[one.number], Stream(seed, "interviews", one.number)
    offer = next((arm.peer_sessions for arm in protocol.arms if arm.peer_sessions), NO_OFFER)
    allows_recontact = Stream(seed, "recontact", one.number).chance(RECONTACT)
    no_more = harms.no_more(
        one, fate, allows_recontact=allows_recontact, stream=Stream(seed, "no more", one.number)
    )
    wellness, answers = interviews.baseline(protocol.schedule, stream)
    visits = interviews.visits(one, fate, no_more, wellness, protocol.schedule, stream)
    return Life(
        number=one.number,
        identity=_identity(seed, one.number, numbers, path),
        path=path,
        fate=fate,
        spells=parts.spells[one.number],
        contact=contacts.contact(
            one,
            fate,
            parts.engagements[one.number],
            offer,
            WORKERS_PER_TEAM,
            Stream(seed, "contact", one.number),
        ),
        baseline=answers,
        visits=visits,
        harms=tuple(parts.harms[one.number]),
        departures=harms.departures(one, Stream(seed, "departures", one.number)),
        allows_recontact=allows_recontact,
        no_more=no_more,
        has_concern=Stream(seed, "concern", one.number).chance(CONCERNED),
    )


def _left(seed: int, number: int, numbers: Sequence[str], protocol: Protocol) -> Life:
    stream = Stream(seed, "path", number)
    team = stream(protocol.programme.teams).code
    path = recruitment.path_out(team, protocol.programme, protocol.eligibility, stream)
    return Life(
        number=number,
        identity=_identity(seed, number, numbers, path),
        path=path,
        fate=Fate(),
        spells=(),
        contact=NOBODY,
        baseline={},
        visits=(),
        harms=(),
        departures=(),
        allows_recontact=True,
        no_more=(),
        has_concern=False,
    )
