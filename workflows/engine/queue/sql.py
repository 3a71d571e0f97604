"""The SQL of claims, for PostgreSQL and SQLite.

The words 'ready', 'scheduled' and 'running' stand in the text, not in parameters: only then do the
partial indexes serve, and a claim costs the same however long the history is.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from django.db import connection

from workflows.engine.store.columns import columns
from workflows.engine.store.select import EVERYTHING, places
from workflows.models import StepExecution

# Each part is materialised and bounded: without that fence the planner may lock more rows than
# the limit says. Parts are locked separately, as a lock cannot be taken through a UNION.
CLAIM: Final = """
WITH clock AS MATERIALIZED ({clock}),
due AS MATERIALIZED (
    SELECT id, due_at FROM workflows_stepexecution
    WHERE status = 'scheduled' AND due_at <= (SELECT moment FROM clock)
      AND definition_id IN ({definitions})
    ORDER BY due_at LIMIT %s {skip_locked}
),
lost AS MATERIALIZED (
    SELECT id, lease_until FROM workflows_stepexecution
    WHERE status = 'running' AND lease_until < (SELECT moment FROM clock)
      AND definition_id IN ({definitions})
    ORDER BY lease_until LIMIT %s {skip_locked}
),
ready AS MATERIALIZED (
    SELECT id, priority FROM workflows_stepexecution
    WHERE status = 'ready' AND definition_id IN ({definitions})
    ORDER BY priority DESC, id LIMIT %s {skip_locked}
),
chosen AS MATERIALIZED (
    SELECT id FROM (
        SELECT id, 0 AS turn, due_at AS since, 0 AS priority FROM due
        UNION ALL SELECT id, 0, lease_until, 0 FROM lost
        UNION ALL SELECT id, 1, NULL, priority FROM ready
    ) AS candidates
    ORDER BY turn, since, priority DESC, id LIMIT %s
)
UPDATE workflows_stepexecution SET
    crashes = crashes + CASE WHEN status = 'running' THEN 1 ELSE 0 END,
    status = 'running',
    fence = fence + 1,
    lease_owner = %s,
    lease_until = (SELECT until FROM clock),
    started_at = COALESCE(started_at, (SELECT moment FROM clock))
WHERE id IN (SELECT id FROM chosen)
RETURNING {columns}
"""

POSTGRESQL_CLOCK: Final = """
SELECT moment, moment + %s AS until
FROM (SELECT COALESCE(%s::timestamptz, statement_timestamp()) AS moment) AS asked
"""

SQLITE_CLOCK: Final = "SELECT %s AS moment, %s AS until"

# A row that another transaction has locked is being finished or cancelled: waiting for it while
# holding others could deadlock, so it is passed over, and named as held for as long as it is.
POSTGRESQL_RENEW: Final = """
WITH mine AS MATERIALIZED (
    SELECT id FROM workflows_stepexecution
    WHERE status = 'running' AND lease_owner = %s AND (id, fence) IN (VALUES {pairs})
    FOR UPDATE SKIP LOCKED
),
renewed AS (
    UPDATE workflows_stepexecution SET lease_until = %s WHERE id IN (SELECT id FROM mine)
)
SELECT id FROM workflows_stepexecution
WHERE status = 'running' AND lease_owner = %s AND (id, fence) IN (VALUES {pairs})
"""

SQLITE_RENEW: Final = """
UPDATE workflows_stepexecution SET lease_until = %s
WHERE status = 'running' AND lease_owner = %s AND (id, fence) IN (VALUES {pairs})
RETURNING id
"""

GIVE_BACK: Final = """
UPDATE workflows_stepexecution
SET status = 'ready', fence = fence + 1, lease_owner = '', lease_until = NULL
WHERE status = 'running' AND lease_owner = %s AND (id, fence) IN (VALUES {pairs})
RETURNING id
"""

NEXT_DUE: Final = """
SELECT
    EXISTS (SELECT 1 FROM workflows_stepexecution WHERE status = 'ready' {condition}),
    (SELECT due_at FROM workflows_stepexecution
     WHERE status = 'scheduled' {condition} ORDER BY due_at LIMIT 1),
    (SELECT lease_until FROM workflows_stepexecution
     WHERE status = 'running' {condition} ORDER BY lease_until LIMIT 1)
"""


def claim_statement(
    *,
    worker_id: str,
    limit: int,
    lease: timedelta,
    definitions: Collection[int],
    now: datetime | None,
) -> tuple[str, list[Any]]:
    """Give the claim and its parameters; `now` None is the database's clock, where it has one."""
    if connection.vendor == "postgresql":
        clock, skip_locked, times = POSTGRESQL_CLOCK, "FOR UPDATE SKIP LOCKED", [lease, now]
    else:
        asked_at = now or datetime.now(UTC)
        clock, skip_locked = SQLITE_CLOCK, ""
        times = [moment(asked_at), moment(asked_at + lease)]
    statement = CLAIM.format(
        clock=clock,
        skip_locked=skip_locked,
        definitions=places(len(definitions)),
        columns=", ".join(columns(StepExecution, EVERYTHING, connection.vendor).names),
    )
    part = [*definitions, limit]
    return statement, [*times, *part, *part, *part, limit, worker_id]


def renewal(
    worker_id: str, pairs: Collection[tuple[int, int]], until: datetime
) -> tuple[str, list[Any]]:
    """Give the statement, and its parameters, that renews and names what is held."""
    values = [value for pair in pairs for value in pair]
    rows = ", ".join(["(%s, %s)"] * len(pairs))
    if connection.vendor == "postgresql":
        mine = [worker_id, *values]
        return POSTGRESQL_RENEW.format(pairs=rows), [*mine, until, *mine]
    return SQLITE_RENEW.format(pairs=rows), [moment(until), worker_id, *values]


def handing_back(worker_id: str, pairs: Collection[tuple[int, int]]) -> tuple[str, list[Any]]:
    """Give the statement, and its parameters, that makes ready again what is held."""
    rows = ", ".join(["(%s, %s)"] * len(pairs))
    return GIVE_BACK.format(pairs=rows), [worker_id, *(value for pair in pairs for value in pair)]


def moment(value: datetime) -> Any:
    """Give a moment as this database stores it."""
    return connection.ops.adapt_datetimefield_value(value)
