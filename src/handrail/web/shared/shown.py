"""What somebody shows of their workbook, the same for the person's preview and for whoever looks.

For the sealed pages only: whatever is imported here knows the workbook.
"""

from __future__ import annotations

from functools import cache

from handrail.domain.workbook import Part
from handrail.exchange import workbook_file


@cache
def parts() -> tuple[Part, ...]:
    """The workbook as shipped: its words never change while the site runs."""
    return workbook_file.load()
