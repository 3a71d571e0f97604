"""Records reports: again where the database failed, and one by one where a report is at fault."""

from __future__ import annotations

import itertools
import logging
import time
from collections.abc import Sequence
from typing import Final

from django.db import InterfaceError, OperationalError, connections

from workflows.engine.claims import Lease
from workflows.engine.finish import finish
from workflows.engine.outcomes import Report
from workflows.engine.work import Work

PAUSES: Final = (0.1, 0.3, 1.0, 3.0)
"""Seconds between attempts: shorter, all together, than a lease."""

logger = logging.getLogger("workflows")


def record(reports: Sequence[Report], lease: Lease | None) -> list[Work]:
    """Record the reports; give the work to go on with.

    What the database refuses for a reason of its own (a deadlock, a lost connection) is tried
    again. What cannot be recorded is logged and left to its lease, which counts as a crash.
    """
    for pause in PAUSES:
        try:
            return finish(reports, lease=lease)
        except (OperationalError, InterfaceError):
            logger.warning("%d reports are recorded later.", len(reports), exc_info=True)
            connections.close_all()
            time.sleep(pause)
        except Exception:  # noqa: BLE001 - raised again, and logged, for the report at fault
            return _one_by_one(reports, lease)
    return _one_by_one(reports, lease)


def _one_by_one(reports: Sequence[Report], lease: Lease | None) -> list[Work]:
    return list(itertools.chain.from_iterable(_last_try(report, lease) for report in reports))


def _last_try(report: Report, lease: Lease | None) -> list[Work]:
    try:
        return finish([report], lease=lease)
    except Exception:
        logger.exception("The report of execution %s is lost.", report.execution_id)
        return []
