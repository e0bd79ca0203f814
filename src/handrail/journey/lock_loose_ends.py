"""What is unfinished before a lock, asked of every room. Reaches the sealed wing, like the lock itself."""

from __future__ import annotations

from datetime import date

from handrail.domain.loose_ends import LooseEnd, Unfinished, loose_ends
from handrail.domain.protocol import Protocol
from handrail.domain.words import Posting
from handrail.records.acutecare import facts as acutecare
from handrail.records.allocation import facts as allocation
from handrail.records.enrolment import facts as enrolment
from handrail.records.followup import facts as followup
from handrail.records.post import facts as post
from handrail.records.safety import facts as safety
from handrail.records.support import facts as support
from handrail.records.support import reports


def still_open(*, under: Protocol, on: date) -> tuple[tuple[LooseEnd, int], ...]:
    """Every kind of unfinished work of which there is some, with how many."""
    entered = {entry.registration_id for entry in enrolment.entries()}
    offers = allocation.offers(under=under.arms)
    events = safety.events()
    clocks = reports.deadlines(events, under=under.safety)
    found = Unfinished(
        followed=tuple(followup.everybody_followed(on=on)),
        outcomes=tuple(one.status for key, one in acutecare.outcomes().items() if key in entered),
        events=events,
        judged=frozenset(one.event_id for one in support.judgements()),
        supported=support.supported_by(
            {key: offer.peer_sessions for key, offer in offers.items() if offer.peer_sessions}
        ),
        to_post_count=len(post.parcels(state=Posting.ORDERED)),
        attendance_lost=support.attendance_unknown(),
        to_tell_count=sum(any(one.is_open for one in every) for every in clocks.values()),
    )
    return loose_ends(found, under=under.schedule, on=on)
