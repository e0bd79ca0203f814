"""Log lines without values: what happened and where in the code, never what anybody typed."""

from __future__ import annotations

import json
import logging
import traceback
from datetime import UTC, datetime


class WithoutValues(logging.Formatter):
    """One JSON line: when, level, logger, the message's own words without its arguments, and the place.

    An exception's text often quotes the value that broke it, and an address may name a person's record;
    so neither is written. The type and the lines of code are enough to find the fault.
    """

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "what": str(record.msg),
        }
        status = getattr(record, "status_code", None)
        if status:
            line["status"] = status
        if record.exc_info and record.exc_info[0]:
            line["fault"] = record.exc_info[0].__name__
            frames = traceback.extract_tb(record.exc_info[2])
            line["where"] = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames[-8:]]
        return json.dumps(line, ensure_ascii=False)
