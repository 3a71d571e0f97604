import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("workflows", "0008_questions_and_drafts"),
    ]

    operations = [
        migrations.AddField(
            model_name="taskaccess",
            name="urgency",
            field=models.SmallIntegerField(
                db_default=0,
                default=0,
                help_text="The task's priority, negative.",
                verbose_name="urgency",
            ),
        ),
        migrations.AlterField(
            model_name="taskaccess",
            name="relation",
            field=models.CharField(
                choices=[
                    ("assignee", "Assigned to you"),
                    ("candidate", "Offered to you"),
                    ("excluded", "Must not decide"),
                    ("decider", "Decided by you"),
                    ("requester", "Requested by you"),
                    ("former", "Was assigned to you"),
                    ("asked", "You were asked about it"),
                    ("asker", "You asked somebody about it"),
                    ("snoozed", "Put off by you"),
                    ("workflow", "You may view this workflow"),
                ],
                max_length=10,
                verbose_name="relation",
            ),
        ),
        migrations.CreateModel(
            name="TaskWord",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "task_id",
                        "word",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("word", models.CharField(max_length=40, verbose_name="word")),
                (
                    "task",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="words",
                        to="workflows.humantask",
                    ),
                ),
            ],
            options={
                "verbose_name": "word of a task",
                "verbose_name_plural": "words of tasks",
                "indexes": [models.Index(fields=["word", "task"], name="task_by_word")],
            },
        ),
    ]
