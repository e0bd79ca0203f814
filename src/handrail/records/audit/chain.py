"""How one ledger line is bound to the line before it.

The chain shows an edit; only a head kept elsewhere shows a cut tail or a whole rewrite
(``handrail verify`` compares the two).
"""

from __future__ import annotations

import hashlib
import hmac
import json
from typing import TYPE_CHECKING

from handrail.records import encryption

if TYPE_CHECKING:
    from handrail.records.audit.models import Line

FIRST = "0" * 64


def hash_of(line: Line) -> str:
    """HMAC-SHA-256 of the line's facts and the hash before it, as 64 hex characters."""
    facts = [
        line.number,
        line.event,
        line.wing,
        str(line.about or ""),
        str(line.by or ""),
        line.agent,
        line.role,
        line.at.isoformat(),
        line.reason,
        line.detail,
        line.previous_hash,
    ]
    text = json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hmac.new(encryption.keys().ledger, text.encode(), hashlib.sha256).hexdigest()
