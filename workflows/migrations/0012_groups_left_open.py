from django.db import migrations, models

from workflows.migrations._online import AddIndexOnline


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("workflows", "0011_fill_lists"),
    ]

    operations = [
        AddIndexOnline(
            model_name="stepexecution",
            index=models.Index(
                condition=models.Q(("kind", "group"), ("pending", 0), ("status", "waiting")),
                fields=["id"],
                name="execution_left_open",
            ),
        ),
    ]
