"""The statements that fill a database: one plan with a row per task, and every table from it.

All numbers of a task come from its own by `chance`, a small generator that both databases work out
alike. Products of two chances are skewed to the low end: most tasks go to few groups and people.
"""

from __future__ import annotations

from typing import Final

PRIME: Final = 2_147_483_647

SUBJECTS: Final = (
    *("train", "desk", "chair", "laptop", "monitor", "hotel", "flight", "taxi", "lunch", "dinner"),
    *("course", "book", "license", "server", "camera", "phone", "lamp", "bicycle", "printer"),
    *("conference", "exhibition", "workshop", "cable", "keyboard", "tablet", "carpet", "plant"),
)
CITIES: Final = (
    *("Berlin", "Lisbon", "Oslo", "Rome", "Vienna", "Madrid", "Paris", "Prague", "Dublin"),
    *("Athens", "Zagreb", "Tallinn", "Riga", "Vilnius", "Warsaw", "Budapest", "Porto", "Turin"),
)

SQLITE_SERIES: Final = """WITH RECURSIVE series(n) AS (
    SELECT 1 UNION ALL SELECT n + 1 FROM series WHERE n < {tasks})"""
POSTGRES_SERIES: Final = "WITH series(n) AS (SELECT generate_series(1::bigint, {tasks}))"


def dialect(vendor: str, tasks: int, seed: int) -> dict[str, str]:
    """Give the words that the two databases do not share, and the lists of words."""
    on_sqlite = vendor == "sqlite"
    series = SQLITE_SERIES if on_sqlite else POSTGRES_SERIES
    return {
        "series": series.format(tasks=tasks),
        "task": _uuid("made * 1000 + n % 1000", "8", on_sqlite),
        "instance": _uuid("made * 1000 + n % 1000", "9", on_sqlite),
        "made_at": _moment("made", on_sqlite),
        "due_at": _moment("due", on_sqlite),
        "ended_at": _moment("ended", on_sqlite),
        "never": "'9000-01-01 00:00:00'" + ("" if on_sqlite else "::timestamptz"),
        "json": "" if on_sqlite else "::jsonb",
        "reference": "printf('%07d', n)" if on_sqlite else "lpad(n::text, 7, '0')",
        "subject": _one_of(SUBJECTS, "subject"),
        "city": _one_of(CITIES, "city"),
        **{f"chance{salt}": _chance(salt, seed) for salt in range(1, 10)},
    }


def _chance(salt: int, seed: int) -> str:
    x = f"((n * 48271 + {salt * 1299709 + seed * 7919}) % {PRIME})"
    return f"(({x} * {x}) % {PRIME} * 48271 % {PRIME})"


def _uuid(milliseconds: str, variant: str, on_sqlite: bool) -> str:
    if on_sqlite:
        return f"printf('%012x7%03x{variant}%015x', {milliseconds}, n % 4096, n)"
    return (
        f"(lpad(to_hex({milliseconds}), 12, '0') || '7' || lpad(to_hex(n % 4096), 3, '0') || "
        f"'{variant}' || lpad(to_hex(n), 15, '0'))::uuid"
    )


def _moment(seconds: str, on_sqlite: bool) -> str:
    return f"datetime({seconds}, 'unixepoch')" if on_sqlite else f"to_timestamp({seconds})"


def _one_of(words: tuple[str, ...], number: str) -> str:
    cases = " ".join(f"WHEN {place} THEN '{word}'" for place, word in enumerate(words))
    return f"CASE {number} % {len(words)} {cases} END"


# Three years, of which the open ones are among the latest; the newest are due in the weeks to come.
# The last few are the first person's, whose own list so fills a page however many tasks there are.
PLAN: Final = """
CREATE TEMPORARY TABLE load_plan AS
{series}, drawn AS MATERIALIZED (
    SELECT n,
        {now} - ({tasks} - n) * 94608000 / {tasks} - 3600 AS made,
        n > {tasks} - 2 * {open} AND {chance1} % 2 = 0 AS is_open,
        {chance2} % 1000 * ({chance3} % 1000) * {groups} / 1000000 AS team,
        {first_person} + {chance4} % {people} AS requester,
        n > {tasks} - 60 AND {chance4} % {people} <> 0 AS is_new,
        {first_person} + {chance5} % 1000 * ({chance6} % 1000) * {people} / 1000000 AS person,
        {chance7} % 100 AS lot,
        {chance8} AS other,
        {chance9} % 27 AS subject,
        {chance1} / 7 % 18 AS city
    FROM series
)
SELECT n, made, is_open, requester, lot, other, subject, city,
    CASE WHEN is_open AND is_new THEN {first_person}
        WHEN person IN ({first_person} + 2, {first_person} + 3) THEN person + 7 ELSE person END
        AS person,
    {first_group} + team AS team,
    {first_group} + (team + 1 + other % 7) % {groups} AS second_team,
    CASE WHEN lot < 80 THEN 'expense_approval' ELSE 'document_review' END AS workflow,
    CASE WHEN lot < 65 THEN 'manager_approval' WHEN lot < 80 THEN 'vp_approval' ELSE 'review' END
        AS step,
    CASE WHEN lot < 80 THEN 'Approve expense' ELSE 'Review document' END AS title,
    CASE WHEN lot % 20 = 0 THEN 2 WHEN lot % 10 = 1 THEN 1 ELSE 0 END AS priority,
    is_open AND (is_new OR other % 6 = 0) AS is_taken,
    CASE WHEN other % 8 = 0 THEN NULL
        WHEN is_open THEN {now} - 259200 + other % 2147483 * 2 + n % 86400
        ELSE made + 432000 END AS due,
    CASE WHEN NOT is_open THEN made + 600 + other % 259200 END AS ended
FROM drawn
"""

INSTANCES: Final = """
INSERT INTO workflows_workflowinstance (
    id, definition_id, workflow, status, data, metadata, revision, data_revision, last_seq, visits,
    reference, summary, key, key_digest, started_by_id, created_at, changed_at, finished_at, error)
SELECT {instance}, CASE WHEN workflow = 'expense_approval' THEN {expense} ELSE {review} END,
    workflow, CASE WHEN is_open THEN 'waiting' ELSE 'completed' END,
    (CASE WHEN workflow = 'expense_approval' THEN '{{"category": "travel", "amount": '
        || (100 + other % 9900) || ', ' ELSE '{{"kind": "report", ' END
        || '"title": "' || {subject} || ' for ' || {city} || '"}}'){json},
    '{{}}'{json}, 2, 1, 2, '{{}}'{json}, 'REF-' || {reference},
    {subject} || ' for ' || {city} || ', ' || (100 + other % 9900) || '.00', '', '', requester,
    {made_at}, {made_at}, {ended_at}, ''
FROM load_plan ORDER BY n
"""

EXECUTIONS: Final = """
INSERT INTO workflows_stepexecution (
    id, instance_id, definition_id, path, scope, visit, kind, phase, status, priority, attempt,
    crashes, lease_owner, fence, pending, needed, arrived, error, created_at, started_at,
    finished_at)
SELECT n, {instance}, CASE WHEN workflow = 'expense_approval' THEN {expense} ELSE {review} END,
    step, 0, 1, 'human', 'leave',
    CASE WHEN is_open THEN 'waiting' ELSE 'succeeded' END, priority, 0, 0, '', 0, 0, 0,
    '[]'{json}, '', {made_at}, {made_at}, {ended_at}
FROM load_plan ORDER BY n
"""

TASKS: Final = """
INSERT INTO workflows_humantask (
    id, execution_id, instance_id, step, title, description, summary, row_data, status, priority,
    due_at, offered_to, assignee_id, claimed_at, outcome, outcome_label, decided_by_id, decided_at,
    submission_id, closed_reason, created_at, closed_at)
SELECT {task}, n, {instance}, step, title, '', '',
    ('{{"amount": ' || (100 + other % 9900) || '}}'){json},
    CASE WHEN NOT is_open THEN 'completed' WHEN is_taken THEN 'reserved' ELSE 'ready' END,
    priority, {due_at}, ('["g:' || team || '"]'){json},
    CASE WHEN is_taken THEN person END, CASE WHEN is_taken THEN {made_at} END,
    CASE WHEN is_open THEN '' ELSE 'approve' END, CASE WHEN is_open THEN '' ELSE 'Approve' END,
    CASE WHEN NOT is_open THEN person END, {ended_at}, '', '', {made_at}, {ended_at}
FROM load_plan ORDER BY n
"""

EVENTS: Final = """
INSERT INTO workflows_event (instance_id, seq, kind, path, execution_id, actor_id, via, at, data)
SELECT {instance}, 1, 'instance.started', '', CAST(NULL AS bigint), requester, 'web', {made_at},
    '{{}}'{json}
FROM load_plan
UNION ALL
SELECT {instance}, 2, 'task.created', step, n, CAST(NULL AS integer), '', {made_at}, '{{}}'{json}
FROM load_plan
"""

ACCESS: Final = """
INSERT INTO workflows_taskaccess (task_id, principal, relation, open, sort_at, urgency)
SELECT task_id, principal, relation, open, sort_at, urgency FROM (
    SELECT n, {task} AS task_id, 'w:' || workflow AS principal, 'workflow' AS relation,
        is_open AS open, COALESCE({ended_at}, {due_at}, {never}) AS sort_at, -priority AS urgency
    FROM load_plan
    UNION ALL
    SELECT n, {task}, 'u:' || requester, 'requester', is_open,
        COALESCE({ended_at}, {due_at}, {never}), -priority
    FROM load_plan
    UNION ALL
    SELECT n, {task}, 'u:' || person, 'decider', FALSE, {ended_at}, -priority
    FROM load_plan WHERE NOT is_open
    UNION ALL
    SELECT n, {task}, 'u:' || person, 'assignee', TRUE, COALESCE({due_at}, {never}), -priority
    FROM load_plan WHERE is_taken
    UNION ALL
    SELECT n, {task}, 'g:' || team, 'candidate', NOT is_taken, COALESCE({due_at}, {never}),
        -priority
    FROM load_plan WHERE is_open
    UNION ALL
    SELECT n, {task}, 'g:' || second_team, 'candidate', NOT is_taken,
        COALESCE({due_at}, {never}), -priority
    FROM load_plan WHERE is_open AND lot % 5 = 0 AND second_team <> team
    UNION ALL
    SELECT n, {task}, 'u:' || requester, 'excluded', FALSE, COALESCE({due_at}, {never}), -priority
    FROM load_plan WHERE is_open AND lot < 80
) everybody ORDER BY n
"""

WORDS: Final = """
INSERT INTO workflows_taskword (task_id, word)
SELECT task_id, word FROM (
    SELECT n, {task} AS task_id, {subject} AS word FROM load_plan
    UNION ALL SELECT n, {task}, lower({city}) FROM load_plan
    UNION ALL SELECT n, {task}, 'for' FROM load_plan
    UNION ALL SELECT n, {task}, 'ref' FROM load_plan
    UNION ALL SELECT n, {task}, {reference} FROM load_plan
    UNION ALL SELECT n, {task}, (100 + other % 9900) || '00' FROM load_plan
    UNION ALL SELECT n, {task}, CASE WHEN lot < 80 THEN 'approve' ELSE 'review' END FROM load_plan
    UNION ALL SELECT n, {task}, CASE WHEN lot < 80 THEN 'expense' ELSE 'document' END
    FROM load_plan
) words ORDER BY n, word
"""

FILL: Final = (
    ("workflow instances", INSTANCES),
    ("step executions", EXECUTIONS),
    ("tasks", TASKS),
    ("history", EVENTS),
    ("who may see them", ACCESS),
    ("their words", WORDS),
)
"""What each statement fills, in the order in which rows refer to others."""
