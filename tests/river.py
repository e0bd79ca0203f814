"""Walks synthetic people down the river by the product's own actions, for tests that need a database."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache
from random import Random
from uuid import UUID

from handrail.domain.chance import Pick
from handrail.domain.followup import Characteristics
from handrail.domain.protocol import Protocol
from handrail.domain.words import ConsentRoute
from handrail.exchange import protocol_file
from handrail.journey import consent, enrol, refer, screen
from handrail.records.accounts import actions as accounts
from handrail.records.enrolment import facts as enrolment
from handrail.records.followup import actions as followup
from tests import synthetic
from tests.exchange.protocols import CORE

BY = UUID("99999999-0000-4000-8000-000000000001")  # a member of staff, as the ledger names one
AT = datetime(2014, 6, 2, 10, 0, tzinfo=UTC)
UNSAID = Characteristics(gender="", ethnic_group="", housing="", is_first_crisis=None)


@cache
def core() -> Protocol:
    """The CORE trial's protocol as it is shipped."""
    return protocol_file.load(CORE)


def with_short_lists(protocol: Protocol, length: int = 12) -> Protocol:
    """The same protocol with a list that is quick to make."""
    return replace(protocol, allocation=replace(protocol.allocation, slots_per_stratum=length))


@dataclass
class River:
    """One trial under way. Each step does what it is named for, after every step before it."""

    under: Protocol = field(default_factory=core)
    pick: Pick = field(default_factory=lambda: Random(1).choice)
    at: datetime = AT
    by: UUID = BY

    def set_up(self, *, is_synthetic: bool = True) -> None:
        """Mark the database."""
        accounts.install(is_synthetic=is_synthetic, protocol_hash=self.under.file_hash, at=self.at)

    def make_list(self, *sizes: int, is_seeded: bool = True) -> None:
        """Make the allocation list, with blocks of four and six unless told otherwise."""
        enrol.make_list(
            under=self.under,
            block_sizes=sizes or (4, 6),
            pick=self.pick,
            is_seeded=is_seeded,
            by=self.by,
            at=self.at,
        )

    def refer(self, serial: int, team_code: str = "team_1") -> UUID:
        """Refer a person; gives the referral."""
        new = synthetic.referral(serial, team_code=team_code)
        return refer.receive(new, under=self.under, pick=self.pick, by=self.by, at=self.at)

    def screen(self, referral_id: UUID, **changes: bool) -> None:
        """Screen a person who is eligible but for the changes."""
        answers = {**synthetic.eligible_answers(self.under), **changes}
        screen.record(referral_id, answers, under=self.under, by=self.by, at=self.at)

    def consent(self, referral_id: UUID, **changes: bool) -> UUID:
        """Take consent, with a yes to all but the changes; gives the registration."""
        return consent.give(
            referral_id,
            {**synthetic.yes_to_all(self.under), **changes},
            form_version=self.under.consent_forms[0].version,
            capacity_confirmed=True,
            how=ConsentRoute.ON_PAPER,
            under=self.under.consent_forms,
            pick=self.pick,
            by=self.by,
            at=self.at,
        )

    def baseline(self, registration_id: UUID) -> None:
        """Record a baseline on which the person would rather say nothing."""
        followup.record_baseline(
            registration_id, UNSAID, {}, under=self.under.schedule, by=self.by, at=self.at
        )

    def randomise(self, registration_id: UUID, request_key: str = "") -> UUID:
        """Allocate; gives the entry."""
        key = request_key or f"request-{registration_id}"
        return enrol.randomise(registration_id, request_key=key, under=self.under, by=self.by, at=self.at)

    def registered(self, serial: int, team_code: str = "team_1") -> UUID:
        """A new person who has consented; gives the registration."""
        referral_id = self.refer(serial, team_code)
        self.screen(referral_id)
        return self.consent(referral_id)

    def ready(self, serial: int, team_code: str = "team_1") -> UUID:
        """A new person for whom every precondition of allocation holds; gives the registration."""
        registration_id = self.registered(serial, team_code)
        self.baseline(registration_id)
        return registration_id

    def entered(self, serial: int, team_code: str = "team_1") -> UUID:
        """A new person who has entered the trial; gives the entry."""
        return self.randomise(self.ready(serial, team_code))

    def person_of(self, registration_id: UUID) -> UUID:
        """The person behind a registration."""
        return enrolment.registration(registration_id).person_id
