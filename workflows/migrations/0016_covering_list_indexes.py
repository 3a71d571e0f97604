from django.db import migrations, models

from workflows.migrations._online import AddIndexOnline, RemoveIndexOnline

RANGE = ["principal", "relation", "open"]


def covering(name: str, order: list[str]) -> AddIndexOnline:
    """Add the index of one order, with all that a list reads of a row."""
    index = models.Index(fields=[*RANGE, *order, "id"], name=name)
    return AddIndexOnline(model_name="taskaccess", index=index)


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("workflows", "0015_comment_index"),
    ]

    operations = [
        covering("access_by_due", ["sort_at", "task", "urgency"]),
        RemoveIndexOnline(model_name="taskaccess", name="access_lists"),
        covering("access_by_age", ["task", "sort_at", "urgency"]),
        RemoveIndexOnline(model_name="taskaccess", name="access_newest"),
        covering("access_by_urgency", ["urgency", "sort_at", "task"]),
        RemoveIndexOnline(model_name="taskaccess", name="access_urgent"),
    ]
