from typing import Any

from django.db import migrations

# Groups have one relation to their tasks, and PostgreSQL would take the columns for independent:
# it would expect ten rows where there are thousands, and sort them all for one page.
MAKE = """
CREATE STATISTICS IF NOT EXISTS access_ranges (dependencies, mcv)
ON principal, relation, open FROM workflows_taskaccess
"""


def make(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(MAKE)


def drop(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP STATISTICS IF EXISTS access_ranges")


class Migration(migrations.Migration):
    dependencies = [
        ("workflows", "0012_groups_left_open"),
    ]

    operations = [migrations.RunPython(make, drop)]
