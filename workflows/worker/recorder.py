"""Records reports: again where the database failed, and one by one where a report is at fault."""

from __future__ import annotations

import itertools
import logging
import time
from collections.abc import Callable, Sequence
from typing import Final

from django.db import InterfaceError, OperationalError, connections

from workflows.engine.claims import Lease
from workflows.engine.finish import finish
from workflows.engine.outcomes import Report
from workflows.engine.work import Work

PAUSES: Final = (0.1, 0.3, 1.0, 3.0, 5.0, 5.0, 5.0, 5.0)
"""Seconds between attempts: a database that restarts is back by then."""

NewLease = Callable[[], Lease]

logger = logging.getLogger("workflows")


def record(reports: Sequence[Report], new_lease: NewLease | None) -> list[Work]:
    """Record the reports; give the work to go on with, if `new_lease` says until when; never raise.

    What the database refuses for a reason of its own (a deadlock, a lost connection) is tried
    again. What cannot be recorded is logged and left to its lease, which counts as a crash.
    """
    for pause in PAUSES:
        try:
            return finish(reports, lease=new_lease() if new_lease else None)
        except (OperationalError, InterfaceError):
            logger.warning("%d reports are recorded later.", len(reports), exc_info=True)
            connections.close_all()
            time.sleep(pause)
        except Exception:  # noqa: BLE001 - raised again, and logged, for the report at fault
            return _one_by_one(reports, new_lease)
    return _one_by_one(reports, new_lease)


def _one_by_one(reports: Sequence[Report], new_lease: NewLease | None) -> list[Work]:
    return list(itertools.chain.from_iterable(_last_try(report, new_lease) for report in reports))


def _last_try(report: Report, new_lease: NewLease | None) -> list[Work]:
    try:
        return finish([report], lease=new_lease() if new_lease else None)
    except Exception:
        logger.exception("The report of execution %s is lost.", report.execution_id)
        return []
