from itertools import islice
from typing import Any

from django.db import migrations

from workflows.engine.access.search_words import rows_of

AT_ONCE = 1000

URGENCY = """
UPDATE workflows_taskaccess SET urgency = -(
    SELECT priority FROM workflows_humantask task WHERE task.id = task_id
)
WHERE task_id IN (SELECT id FROM workflows_humantask WHERE priority <> 0)
"""

FORMER_OF_OPEN = """
UPDATE workflows_taskaccess SET open = TRUE, sort_at = COALESCE(
    (SELECT due_at FROM workflows_humantask task WHERE task.id = task_id), '9000-01-01 00:00:00+00'
)
WHERE relation = 'former'
    AND task_id IN (SELECT id FROM workflows_humantask WHERE status NOT IN ('completed', 'expired', 'canceled'))
"""

FORMER_OF_CLOSED = """
UPDATE workflows_taskaccess SET sort_at = (
    SELECT closed_at FROM workflows_humantask task WHERE task.id = task_id
)
WHERE relation = 'former' AND task_id IN (
    SELECT id FROM workflows_humantask WHERE status IN ('completed', 'expired', 'canceled') AND closed_at IS NOT NULL
)
"""

NEW_ROWS = """
INSERT INTO workflows_taskaccess (task_id, principal, relation, open, sort_at, urgency)
SELECT
    task.id, {principal}, '{relation}', task.status NOT IN ('completed', 'expired', 'canceled'),
    CASE
        WHEN task.status IN ('completed', 'expired', 'canceled') THEN COALESCE(task.closed_at, task.created_at)
        ELSE COALESCE(task.due_at, '9000-01-01 00:00:00+00')
    END,
    -task.priority
FROM workflows_humantask task JOIN workflows_workflowinstance instance
    ON instance.id = task.instance_id
WHERE {which}
ON CONFLICT DO NOTHING
"""

OF_WORKFLOWS = NEW_ROWS.format(
    principal="'w:' || instance.workflow", relation="workflow", which="TRUE"
)
OF_REQUESTERS = NEW_ROWS.format(
    principal="'u:' || instance.started_by_id",
    relation="requester",
    which="instance.started_by_id IS NOT NULL",
)


def fill_access(apps: Any, schema_editor: Any) -> None:
    on_sqlite = schema_editor.connection.vendor == "sqlite"
    for statement in (URGENCY, FORMER_OF_OPEN, FORMER_OF_CLOSED, OF_WORKFLOWS, OF_REQUESTERS):
        # There a moment is a text without a zone.
        schema_editor.execute(statement.replace("+00'", "'") if on_sqlite else statement)


def fill_words(apps: Any, schema_editor: Any) -> None:
    tasks = apps.get_model("workflows", "HumanTask").objects.order_by("pk")
    words = apps.get_model("workflows", "TaskWord").objects
    texts = ("title", "summary", "instance__summary", "instance__reference")
    found = tasks.values_list("pk", *texts).iterator(AT_ONCE)
    while chunk := list(islice(found, AT_ONCE)):
        rows = (row for key, *of_task in chunk for row in rows_of(key, of_task))
        words.bulk_create(
            [words.model(task_id=row.task_id, word=row.word) for row in rows],
            ignore_conflicts=True,
        )


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("workflows", "0010_list_indexes"),
    ]

    operations = [
        migrations.RunPython(fill_access, migrations.RunPython.noop),
        migrations.RunPython(fill_words, migrations.RunPython.noop),
    ]
