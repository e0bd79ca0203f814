"""The service manager, masked until the lock: recruitment and follow-up, for everybody together."""

from __future__ import annotations

from collections import Counter

from django.conf import settings
from django.http import HttpResponse

from handrail.domain.progress import Stage
from handrail.domain.words import Role
from handrail.records.referral import facts as referrals
from handrail.web.assessor.menu import show
from handrail.web.shared import clock
from handrail.web.shared.access import PageRequest, audience
from handrail.web.shared.stages import stages


@audience(Role.SERVICE_MANAGER)
def progress(request: PageRequest) -> HttpResponse:
    """How many people have reached each stage, in the whole programme or the manager's own team."""
    protocol = settings.PROTOCOL
    rows = referrals.referrals(team_code=request.viewer.team_code)
    counts = Counter(row.stage for row in stages(rows, under=protocol.schedule, on=clock.today()))
    team = protocol.team(request.viewer.team_code).name if request.viewer.team_code else "All teams"
    found = [(stage.sentence, counts[stage]) for stage in Stage]
    return show(request, "progress.html", "progress", counts=found, team=team)
