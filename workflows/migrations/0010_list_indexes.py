from django.db import migrations, models

from workflows.migrations._online import AddIndexOnline


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("workflows", "0009_words_and_urgency"),
    ]

    operations = [
        AddIndexOnline(
            model_name="taskaccess",
            index=models.Index(
                fields=["principal", "relation", "open", "task"], name="access_newest"
            ),
        ),
        AddIndexOnline(
            model_name="taskaccess",
            index=models.Index(
                fields=["principal", "relation", "open", "urgency", "sort_at", "task"],
                name="access_urgent",
            ),
        ),
    ]
