from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("workflows", "0013_access_statistics"),
    ]

    operations = [
        migrations.AddField(
            model_name="workflowinstance",
            name="last_receipt",
            field=models.CharField(
                blank=True,
                help_text="SHA-256 of the newest decision, to which the next one is chained.",
                max_length=64,
                null=True,
                verbose_name="last receipt",
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
                    ("mentioned", "You were mentioned"),
                    ("workflow", "You may view this workflow"),
                ],
                max_length=10,
                verbose_name="relation",
            ),
        ),
    ]
