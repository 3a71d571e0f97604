from django.db import migrations, models

from workflows.migrations._online import AddIndexOnline


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("workflows", "0014_comments_and_receipts"),
    ]

    operations = [
        AddIndexOnline(
            model_name="event",
            index=models.Index(
                fields=["instance", "seq"],
                condition=models.Q(kind="task.commented"),
                name="event_comments",
            ),
        ),
    ]
