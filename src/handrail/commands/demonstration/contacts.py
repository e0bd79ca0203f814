"""What either arm would bring a person: meetings with a peer worker, or a parcel.

Both are settled for everybody, whatever their arm, so that the same lives can be played with another
list. Only the meetings of those who are offered meetings in the arranged trial are made to add up.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from handrail.commands.demonstration.figures import Figures
from handrail.commands.demonstration.lives import Contact, Entrant, Fate, Meeting
from handrail.commands.demonstration.stream import Stream
from handrail.domain.dates import add_months
from handrail.domain.protocol import PeerSessions
from handrail.domain.support import SessionPlace
from handrail.domain.words import Attendance

UNKNOWN, FEW, SOME, ALL = "unknown", "few", "some", "all"
SHARES = {UNKNOWN: 23 / 221, FEW: 38 / 221, SOME: 95 / 221, ALL: 65 / 221}
PLACES = {SessionPlace.HOME: 0.45, SessionPlace.COMMUNITY: 0.40, SessionPlace.NHS_PREMISES: 0.15}
HOURS = (10, 11, 13, 14, 15, 16)
RETURNED = 0.03
STOPPED = 0.3  # of those who met few times or never


def engagements(entrants: Sequence[Entrant], figures: Figures | None, stream: Stream) -> dict[int, str]:
    """How each person would take up meetings: by the published counts, or by chance in their shares."""
    drawn = {entrant.number: stream.weighted(SHARES) for entrant in entrants}
    if figures is None:
        return drawn
    offered = [entrant.number for entrant in entrants if entrant.is_supported]
    counts = {
        UNKNOWN: figures.supported.entered - figures.attendance_known,
        FEW: figures.attendance_known - figures.adherent,
        SOME: figures.adherent - figures.all_meetings,
        ALL: figures.all_meetings,
    }
    words = stream.shuffled([word for word, count in counts.items() for _ in range(count)])
    return drawn | dict(zip(offered, words, strict=True))


def contact(
    entrant: Entrant, fate: Fate, engagement: str, offer: PeerSessions, workers: int, stream: Stream
) -> Contact:
    """The meetings and the parcel of one person."""
    last_on = add_months(entrant.entered_on, offer.within_months) - timedelta(days=1)
    if fate.died_day is not None:
        last_on = min(last_on, entrant.entered_on + timedelta(days=fate.died_day - 1))
    meetings = _meetings(entrant.entered_on, last_on, engagement, offer, stream)
    has_stopped = engagement == FEW and stream.chance(STOPPED)
    stopped_on = meetings[-1].planned_on + timedelta(days=1) if has_stopped and meetings else None
    return Contact(
        meetings=tuple(meetings),
        is_attendance_known=engagement != UNKNOWN,
        stopped_on=stopped_on,
        worker=stream.whole(0, workers - 1),
        posted_after_days=stream.whole(0, 4),
        returned_after_days=stream.whole(6, 20) if stream.chance(RETURNED) else None,
    )


def _meetings(
    entered_on: date, last_on: date, engagement: str, offer: PeerSessions, stream: Stream
) -> list[Meeting]:
    """About weekly, within the window: as many held as the engagement says, some missed, never too many."""
    most, least = offer.maximum_count, offer.adherent_count
    held = {
        UNKNOWN: 0,
        FEW: stream.whole(0, least - 1),
        SOME: min(stream.whole(least, most - 1), stream.whole(least, most - 1)),
        ALL: most,
    }[engagement]
    missed = stream.whole(0, min(2, most - held))
    words = [Attendance.HELD] * held + _not_held(missed, stream)
    if engagement == UNKNOWN:
        words = [Attendance.PLANNED] * stream.whole(2, 4)
    first = entered_on + timedelta(days=stream.whole(3, 9))
    pace = max(((last_on - first).days - 2) // most, 1)
    planned = [first + timedelta(days=place * pace + stream.whole(0, 2)) for place in range(len(words))]
    meetings = zip(planned, stream.shuffled(words), strict=True)
    return [_meeting(day, word, offer, stream) for day, word in meetings if day <= last_on]


def _not_held(count: int, stream: Stream) -> list[Attendance]:
    return [Attendance.MISSED if stream.chance(0.6) else Attendance.CANCELLED for _ in range(count)]


def _meeting(day: date, word: Attendance, offer: PeerSessions, stream: Stream) -> Meeting:
    minutes = min(max(round(stream.normal(offer.minutes - 4, 10) / 5) * 5, 15), 2 * offer.minutes)
    return Meeting(day, stream(HOURS), word, minutes, stream.weighted(PLACES))
