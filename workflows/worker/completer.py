"""Records reports: again where the database failed, and one by one where a report is at fault."""

from __future__ import annotations

import itertools
import logging
import time
from collections.abc import Callable, Sequence
from typing import Final

from django.db import connections

from workflows.engine.queue.claims import Lease
from workflows.engine.run.finish import finish
from workflows.engine.work.results import Report
from workflows.engine.work.work import Work
from workflows.worker import outages

PAUSES: Final = (0.1, 0.3, 1.0, 3.0, *[5.0] * 11)
"""Seconds between attempts at a database that answers: a full disk or a standby that takes over."""

NewLease = Callable[[], Lease]

logger = logging.getLogger("workflows")


def record(
    reports: Sequence[Report], new_lease: NewLease | None, stops: Callable[[], bool] = lambda: False
) -> list[Work]:
    """Record the reports; give the work to go on with, if `new_lease` says until when; never raise.

    What the database refuses for a reason of its own (a deadlock, a lost connection) is tried
    again; where it does not answer at all, once it does, unless `stops` says not to wait. What
    cannot be recorded is logged and left to its lease, which counts as a crash.
    """
    for pause in PAUSES:
        try:
            recorded = finish(reports, lease=new_lease() if new_lease else None)
        except outages.LOST as error:
            outages.database.goes_on(error)
            connections.close_all()
            time.sleep(pause)
            outages.wait_for_database(stops)
        except Exception:  # noqa: BLE001 - raised again, and logged, for the report at fault
            break
        else:
            outages.database.is_over()
            return recorded
    return _one_by_one(reports, new_lease)


def _one_by_one(reports: Sequence[Report], new_lease: NewLease | None) -> list[Work]:
    return list(itertools.chain.from_iterable(_last_try(report, new_lease) for report in reports))


def _last_try(report: Report, new_lease: NewLease | None) -> list[Work]:
    try:
        return finish([report], lease=new_lease() if new_lease else None)
    except outages.LOST as error:
        connections.close_all()
        said = outages.in_line(error)
        logger.error("The report of execution %s is lost: %s", report.execution_id, said)
        return []
    except Exception:
        logger.exception("The report of execution %s is lost.", report.execution_id)
        return []
