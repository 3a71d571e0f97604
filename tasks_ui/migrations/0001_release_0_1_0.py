import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("tasks_ui", "0001_initial"),
        ("tasks_ui", "0002_keys_and_saved_views"),
        ("tasks_ui", "0003_batches"),
    ]

    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="UserSettings",
            fields=[
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="settings",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
                (
                    "time_zone",
                    models.CharField(blank=True, max_length=64, verbose_name="time zone"),
                ),
                ("language", models.CharField(blank=True, max_length=16, verbose_name="language")),
                (
                    "theme",
                    models.CharField(
                        choices=[("system", "As my device"), ("light", "Light"), ("dark", "Dark")],
                        default="system",
                        max_length=8,
                        verbose_name="appearance",
                    ),
                ),
                (
                    "single_key_shortcuts",
                    models.BooleanField(default=True, verbose_name="single-key shortcuts"),
                ),
                (
                    "own_keys",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        help_text="By act, where they are not the standard; empty where an act has none.",
                        verbose_name="own keys",
                    ),
                ),
                (
                    "saved_views",
                    models.JSONField(
                        blank=True,
                        default=list,
                        help_text="Lists with a name. They are kept here to come with the person.",
                        verbose_name="saved views",
                    ),
                ),
            ],
            options={
                "verbose_name": "settings of a user",
                "verbose_name_plural": "settings of users",
            },
        ),
        migrations.CreateModel(
            name="Batch",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("act", models.CharField(max_length=20, verbose_name="act")),
                ("outcome", models.CharField(blank=True, max_length=200, verbose_name="outcome")),
                (
                    "items",
                    models.JSONField(
                        help_text="What became of each task, in their order.", verbose_name="items"
                    ),
                ),
                ("done_at", models.DateTimeField(verbose_name="done at")),
                (
                    "undone_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="taken back at"),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="batches",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
            ],
            options={
                "verbose_name": "batch",
                "verbose_name_plural": "batches",
            },
        ),
    ]
