from typing import Any

import django.core.serializers.json
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import workflows.models.attachments
import workflows.values.ids

# Groups have one relation to their tasks, and PostgreSQL would take the columns for independent:
# it would expect ten rows where there are thousands, and sort them all for one page.
MAKE_STATISTICS = """
CREATE STATISTICS IF NOT EXISTS access_ranges (dependencies, mcv)
ON principal, relation, open FROM workflows_taskaccess
"""


def make_statistics(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(MAKE_STATISTICS)


def drop_statistics(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP STATISTICS IF EXISTS access_ranges")


class Migration(migrations.Migration):
    replaces = [
        ("workflows", "0001_initial"),
        ("workflows", "0002_items_and_sub_workflows"),
        ("workflows", "0003_active_executions"),
        ("workflows", "0004_limits"),
        ("workflows", "0005_leaner_rows"),
        ("workflows", "0006_sub_workflow_incidents"),
        ("workflows", "0007_attachments"),
        ("workflows", "0008_questions_and_drafts"),
        ("workflows", "0009_words_and_urgency"),
        ("workflows", "0010_list_indexes"),
        ("workflows", "0011_fill_lists"),
        ("workflows", "0012_groups_left_open"),
        ("workflows", "0013_access_statistics"),
        ("workflows", "0014_comments_and_receipts"),
        ("workflows", "0015_comment_index"),
        ("workflows", "0016_covering_list_indexes"),
    ]

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="StepLimit",
            fields=[
                (
                    "key",
                    models.CharField(
                        max_length=400,
                        primary_key=True,
                        serialize=False,
                        verbose_name="class of steps",
                    ),
                ),
                ("places", models.PositiveIntegerField(verbose_name="places")),
            ],
            options={
                "verbose_name": "limit",
                "verbose_name_plural": "limits",
            },
        ),
        migrations.CreateModel(
            name="Worker",
            fields=[
                ("id", models.CharField(max_length=100, primary_key=True, serialize=False)),
                ("host", models.CharField(max_length=255, verbose_name="host")),
                ("pid", models.PositiveIntegerField(verbose_name="process")),
                ("started_at", models.DateTimeField(verbose_name="started at")),
                ("heartbeat_at", models.DateTimeField(db_index=True, verbose_name="heartbeat at")),
                (
                    "definitions",
                    models.JSONField(
                        default=list,
                        help_text="Ids of the versions it has code for.",
                        verbose_name="workflow versions",
                    ),
                ),
            ],
            options={
                "verbose_name": "worker",
                "verbose_name_plural": "workers",
            },
        ),
        migrations.CreateModel(
            name="StoredDefinition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("workflow", models.CharField(max_length=100, verbose_name="workflow")),
                ("version", models.CharField(max_length=50, verbose_name="version")),
                (
                    "fingerprint",
                    models.CharField(
                        help_text="SHA-256 of the graph's structure.",
                        max_length=64,
                        verbose_name="fingerprint",
                    ),
                ),
                (
                    "content",
                    models.JSONField(help_text="Graph, schemas and texts.", verbose_name="content"),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
            ],
            options={
                "verbose_name": "workflow version",
                "verbose_name_plural": "workflow versions",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("workflow", "version"), name="one_row_per_version"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="StepExecution",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("path", models.CharField(max_length=400, verbose_name="step")),
                (
                    "scope",
                    models.BigIntegerField(
                        default=0,
                        help_text="Execution of the group it runs in; 0 at the top.",
                        verbose_name="scope",
                    ),
                ),
                ("visit", models.PositiveIntegerField(default=1, verbose_name="visit")),
                (
                    "position",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="Where its item is in the list, from 0.",
                        null=True,
                        verbose_name="position",
                    ),
                ),
                (
                    "item",
                    models.JSONField(
                        blank=True,
                        encoder=django.core.serializers.json.DjangoJSONEncoder,
                        help_text="What it is for, of the items that its group was opened with.",
                        null=True,
                        verbose_name="item",
                    ),
                ),
                ("kind", models.CharField(max_length=10, verbose_name="kind")),
                (
                    "phase",
                    models.CharField(
                        choices=[("enter", "Enter"), ("leave", "Leave")],
                        default="enter",
                        max_length=5,
                        verbose_name="phase",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("ready", "Ready"),
                            ("scheduled", "Scheduled"),
                            ("running", "Running"),
                            ("waiting", "Waiting"),
                            ("joining", "Joining"),
                            ("held", "Held"),
                            ("blocked", "Blocked"),
                            ("succeeded", "Succeeded"),
                            ("handled", "Failure handled"),
                            ("skipped", "Skipped"),
                            ("failed", "Failed"),
                            ("canceled", "Canceled"),
                        ],
                        default="ready",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("priority", models.SmallIntegerField(default=0, verbose_name="priority")),
                ("due_at", models.DateTimeField(blank=True, null=True, verbose_name="due at")),
                (
                    "attempt",
                    models.PositiveIntegerField(
                        default=0,
                        help_text="How often it raised an exception.",
                        verbose_name="failed attempts",
                    ),
                ),
                (
                    "crashes",
                    models.PositiveIntegerField(
                        default=0,
                        help_text="How often a worker was lost while it ran.",
                        verbose_name="crashes",
                    ),
                ),
                (
                    "lease_owner",
                    models.CharField(blank=True, max_length=100, verbose_name="worker"),
                ),
                (
                    "lease_until",
                    models.DateTimeField(blank=True, null=True, verbose_name="lease until"),
                ),
                ("fence", models.PositiveIntegerField(default=0, verbose_name="fence")),
                (
                    "pending",
                    models.PositiveIntegerField(default=0, verbose_name="children pending"),
                ),
                ("needed", models.PositiveIntegerField(default=0, verbose_name="children needed")),
                (
                    "arrived",
                    models.JSONField(
                        default=list,
                        help_text="Numbers of the edges that branches came along.",
                        verbose_name="arrived",
                    ),
                ),
                (
                    "result",
                    models.JSONField(
                        blank=True,
                        encoder=django.core.serializers.json.DjangoJSONEncoder,
                        null=True,
                        verbose_name="result",
                    ),
                ),
                ("error", models.TextField(blank=True, verbose_name="error")),
                ("created_at", models.DateTimeField(verbose_name="created at")),
                (
                    "started_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="started at"),
                ),
                (
                    "finished_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="finished at"),
                ),
                (
                    "previous",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="workflows.stepexecution",
                    ),
                ),
                (
                    "definition",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workflows.storeddefinition",
                    ),
                ),
            ],
            options={
                "verbose_name": "step execution",
                "verbose_name_plural": "step executions",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="WorkflowInstance",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=workflows.values.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("workflow", models.CharField(max_length=100, verbose_name="workflow")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("pending", "Pending"),
                            ("running", "Running"),
                            ("waiting", "Waiting"),
                            ("completed", "Completed"),
                            ("failed", "Failed"),
                            ("canceled", "Canceled"),
                        ],
                        default="pending",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                (
                    "suspended_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="suspended at"),
                ),
                (
                    "data",
                    models.JSONField(
                        default=dict,
                        encoder=django.core.serializers.json.DjangoJSONEncoder,
                        verbose_name="data",
                    ),
                ),
                (
                    "metadata",
                    models.JSONField(
                        default=dict,
                        encoder=django.core.serializers.json.DjangoJSONEncoder,
                        verbose_name="metadata",
                    ),
                ),
                (
                    "revision",
                    models.PositiveIntegerField(
                        default=0,
                        help_text="Goes up with every transition.",
                        verbose_name="revision",
                    ),
                ),
                (
                    "data_revision",
                    models.PositiveIntegerField(
                        default=1,
                        help_text="Goes up when the data changes.",
                        verbose_name="data revision",
                    ),
                ),
                (
                    "last_seq",
                    models.PositiveIntegerField(
                        default=0,
                        help_text="Number of the newest event.",
                        verbose_name="last event number",
                    ),
                ),
                (
                    "last_receipt",
                    models.CharField(
                        blank=True,
                        help_text="SHA-256 of the newest decision, to which the next one is chained.",
                        max_length=64,
                        null=True,
                        verbose_name="last receipt",
                    ),
                ),
                (
                    "visits",
                    models.JSONField(
                        default=dict,
                        help_text="How often each step was visited.",
                        verbose_name="visits",
                    ),
                ),
                (
                    "reference",
                    models.CharField(blank=True, max_length=200, verbose_name="reference"),
                ),
                ("summary", models.CharField(blank=True, max_length=500, verbose_name="summary")),
                (
                    "key",
                    models.CharField(
                        blank=True,
                        help_text="Starts at most once.",
                        max_length=200,
                        verbose_name="key",
                    ),
                ),
                (
                    "key_digest",
                    models.CharField(
                        blank=True,
                        help_text="SHA-256 of the first data.",
                        max_length=64,
                        verbose_name="key's digest",
                    ),
                ),
                ("created_at", models.DateTimeField(verbose_name="started at")),
                ("changed_at", models.DateTimeField(verbose_name="changed at")),
                (
                    "finished_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="finished at"),
                ),
                ("error", models.TextField(blank=True, verbose_name="error")),
                (
                    "definition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="instances",
                        to="workflows.storeddefinition",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="child_instances",
                        to="workflows.stepexecution",
                        verbose_name="started by the step",
                    ),
                ),
                (
                    "started_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="started_instances",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "workflow instance",
                "verbose_name_plural": "workflow instances",
                "ordering": ["-created_at"],
            },
        ),
        migrations.CreateModel(
            name="WebhookToken",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "token_hash",
                    models.CharField(db_index=True, max_length=64, verbose_name="token's hash"),
                ),
                ("path", models.CharField(max_length=400, verbose_name="step")),
                (
                    "visit",
                    models.PositiveIntegerField(
                        help_text="Counts the visits to this step over the whole instance.",
                        verbose_name="visit",
                    ),
                ),
                (
                    "payload",
                    models.JSONField(
                        blank=True,
                        encoder=django.core.serializers.json.DjangoJSONEncoder,
                        null=True,
                        verbose_name="payload",
                    ),
                ),
                (
                    "delivery_id",
                    models.CharField(blank=True, max_length=200, verbose_name="delivery"),
                ),
                (
                    "received_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="received at"),
                ),
                (
                    "closed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="closed at"),
                ),
                (
                    "instance",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="webhook_tokens",
                        to="workflows.workflowinstance",
                    ),
                ),
            ],
            options={
                "verbose_name": "webhook token",
                "verbose_name_plural": "webhook tokens",
            },
        ),
        migrations.AddField(
            model_name="stepexecution",
            name="instance",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="executions",
                to="workflows.workflowinstance",
            ),
        ),
        migrations.CreateModel(
            name="Incident",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("failed", "Step failed"),
                            ("blocked", "No worker has the code"),
                            ("nobody", "Nobody can do the task"),
                            ("child", "Sub-workflow failed"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("cause", models.TextField(verbose_name="cause")),
                ("remedy", models.TextField(verbose_name="remedy")),
                ("opened_at", models.DateTimeField(verbose_name="opened at")),
                (
                    "resolved_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="resolved at"),
                ),
                (
                    "execution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="incidents",
                        to="workflows.stepexecution",
                    ),
                ),
                (
                    "instance",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="incidents",
                        to="workflows.workflowinstance",
                    ),
                ),
            ],
            options={
                "verbose_name": "incident",
                "verbose_name_plural": "incidents",
                "ordering": ["-opened_at"],
            },
        ),
        migrations.CreateModel(
            name="HumanTask",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=workflows.values.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("step", models.CharField(max_length=400, verbose_name="step")),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("description", models.TextField(blank=True, verbose_name="description")),
                ("summary", models.CharField(blank=True, max_length=500, verbose_name="summary")),
                (
                    "row_data",
                    models.JSONField(
                        default=dict,
                        encoder=django.core.serializers.json.DjangoJSONEncoder,
                        verbose_name="row data",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("ready", "Ready"),
                            ("reserved", "Reserved"),
                            ("info_requested", "Information requested"),
                            ("decided", "Decided"),
                            ("completed", "Completed"),
                            ("expired", "Expired"),
                            ("canceled", "Canceled"),
                        ],
                        default="ready",
                        max_length=15,
                        verbose_name="status",
                    ),
                ),
                ("priority", models.SmallIntegerField(default=0, verbose_name="priority")),
                ("due_at", models.DateTimeField(blank=True, null=True, verbose_name="due at")),
                (
                    "offered_to",
                    models.JSONField(
                        default=list,
                        help_text="Principals whom the task was offered to.",
                        verbose_name="offered to",
                    ),
                ),
                (
                    "claimed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="claimed at"),
                ),
                (
                    "lease_until",
                    models.DateTimeField(
                        blank=True,
                        help_text="When the claim ends by itself.",
                        null=True,
                        verbose_name="claimed until",
                    ),
                ),
                ("outcome", models.CharField(blank=True, max_length=200, verbose_name="outcome")),
                (
                    "outcome_label",
                    models.CharField(blank=True, max_length=200, verbose_name="outcome's label"),
                ),
                (
                    "decided_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="decided at"),
                ),
                (
                    "overridden_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="When an administrator decided it in the place of those who were asked.",
                        null=True,
                        verbose_name="overridden at",
                    ),
                ),
                (
                    "submission_id",
                    models.CharField(blank=True, max_length=100, verbose_name="submission"),
                ),
                (
                    "closed_reason",
                    models.CharField(blank=True, max_length=500, verbose_name="reason"),
                ),
                ("created_at", models.DateTimeField(verbose_name="created at")),
                (
                    "closed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="closed at"),
                ),
                (
                    "assignee",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assigned_tasks",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decided_tasks",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "execution",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="task",
                        to="workflows.stepexecution",
                    ),
                ),
                (
                    "instance",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tasks",
                        to="workflows.workflowinstance",
                    ),
                ),
            ],
            options={
                "verbose_name": "human task",
                "verbose_name_plural": "human tasks",
                "ordering": ["-created_at"],
            },
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("seq", models.PositiveIntegerField(verbose_name="number")),
                ("kind", models.CharField(max_length=40, verbose_name="what")),
                ("path", models.CharField(blank=True, max_length=400, verbose_name="step")),
                ("via", models.CharField(blank=True, max_length=20, verbose_name="via")),
                ("at", models.DateTimeField(verbose_name="at")),
                (
                    "data",
                    models.JSONField(
                        default=dict,
                        encoder=django.core.serializers.json.DjangoJSONEncoder,
                        verbose_name="details",
                    ),
                ),
                (
                    "actor",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "execution",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="workflows.stepexecution",
                    ),
                ),
                (
                    "instance",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="workflows.workflowinstance",
                    ),
                ),
            ],
            options={
                "verbose_name": "event",
                "verbose_name_plural": "events",
                "ordering": ["instance", "seq"],
            },
        ),
        migrations.CreateModel(
            name="Attachment",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=workflows.values.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "file",
                    models.FileField(
                        max_length=200,
                        upload_to=workflows.models.attachments.path_of,
                        verbose_name="file",
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        help_text="As the sender called it.", max_length=200, verbose_name="name"
                    ),
                ),
                (
                    "content_type",
                    models.CharField(
                        help_text="By its content, whatever the sender called it.",
                        max_length=100,
                        verbose_name="type",
                    ),
                ),
                (
                    "size",
                    models.PositiveBigIntegerField(help_text="In bytes.", verbose_name="size"),
                ),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                (
                    "form_token",
                    models.CharField(
                        help_text="Which showing of a form it was sent with.",
                        max_length=100,
                        verbose_name="form",
                    ),
                ),
                ("created_at", models.DateTimeField(verbose_name="uploaded at")),
                (
                    "bound_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="submitted at"),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attachments",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="uploaded by",
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attachments",
                        to="workflows.humantask",
                        verbose_name="human task",
                    ),
                ),
                (
                    "instance",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attachments",
                        to="workflows.workflowinstance",
                        verbose_name="workflow instance",
                    ),
                ),
            ],
            options={
                "verbose_name": "attachment",
                "verbose_name_plural": "attachments",
                "ordering": ["-created_at"],
            },
        ),
        migrations.CreateModel(
            name="Draft",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "workflow",
                    models.CharField(
                        blank=True,
                        help_text="Of which it is the start form.",
                        max_length=200,
                        verbose_name="workflow",
                    ),
                ),
                (
                    "fields",
                    models.JSONField(
                        default=dict,
                        help_text="What the form would post: names and their texts.",
                        verbose_name="fields",
                    ),
                ),
                (
                    "form",
                    models.CharField(
                        help_text="A fingerprint of the form that it was typed into.",
                        max_length=16,
                        verbose_name="form",
                    ),
                ),
                ("saved_at", models.DateTimeField(db_index=True, verbose_name="saved at")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="drafts",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="drafts",
                        to="workflows.humantask",
                        verbose_name="human task",
                    ),
                ),
            ],
            options={
                "verbose_name": "draft",
                "verbose_name_plural": "drafts",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("task__isnull", False)),
                        fields=("user", "task"),
                        name="one_draft_per_task",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("task__isnull", True)),
                        fields=("user", "workflow"),
                        name="one_draft_per_workflow",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Question",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("text", models.TextField(verbose_name="question")),
                ("asked_at", models.DateTimeField(verbose_name="asked at")),
                ("answer", models.TextField(blank=True, verbose_name="answer")),
                (
                    "answered_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="answered at"),
                ),
                (
                    "closed_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="When it was answered or taken back.",
                        null=True,
                        verbose_name="closed at",
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="asked by",
                    ),
                ),
                (
                    "asked_of",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="asked",
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="questions",
                        to="workflows.humantask",
                    ),
                ),
            ],
            options={
                "verbose_name": "question",
                "verbose_name_plural": "questions",
                "ordering": ["task", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at", None)),
                        fields=("task",),
                        name="one_open_question_per_task",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Permit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("place", models.PositiveIntegerField(blank=True, null=True, verbose_name="place")),
                ("until", models.DateTimeField(blank=True, null=True, verbose_name="until")),
                (
                    "fence",
                    models.PositiveIntegerField(
                        default=0,
                        help_text="That of the claim which holds the place.",
                        verbose_name="fence",
                    ),
                ),
                (
                    "execution",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="permit",
                        to="workflows.stepexecution",
                    ),
                ),
                (
                    "limit",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="permits",
                        to="workflows.steplimit",
                    ),
                ),
            ],
            options={
                "verbose_name": "permit",
                "verbose_name_plural": "permits",
                "indexes": [
                    models.Index(
                        condition=models.Q(("place__isnull", True)),
                        fields=["limit", "execution"],
                        name="permit_waiting",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("place__isnull", False)),
                        fields=("limit", "place"),
                        name="one_permit_per_place",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("place__isnull", True), ("until__isnull", True)),
                            models.Q(("place__isnull", False), ("until__isnull", False)),
                            _connector="OR",
                        ),
                        name="place_means_until",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TaskAccess",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("principal", models.CharField(max_length=40, verbose_name="principal")),
                (
                    "relation",
                    models.CharField(
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
                ("open", models.BooleanField(default=True, verbose_name="open")),
                (
                    "sort_at",
                    models.DateTimeField(
                        help_text="When it is due, or far ahead; when it closed, once closed.",
                        verbose_name="sorted by",
                    ),
                ),
                (
                    "urgency",
                    models.SmallIntegerField(
                        db_default=0,
                        default=0,
                        help_text="The task's priority, negative.",
                        verbose_name="urgency",
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="access",
                        to="workflows.humantask",
                    ),
                ),
            ],
            options={
                "verbose_name": "task access",
                "verbose_name_plural": "task access",
                "indexes": [
                    models.Index(
                        fields=[
                            "principal",
                            "relation",
                            "open",
                            "sort_at",
                            "task",
                            "urgency",
                            "id",
                        ],
                        name="access_by_due",
                    ),
                    models.Index(
                        fields=[
                            "principal",
                            "relation",
                            "open",
                            "task",
                            "sort_at",
                            "urgency",
                            "id",
                        ],
                        name="access_by_age",
                    ),
                    models.Index(
                        fields=[
                            "principal",
                            "relation",
                            "open",
                            "urgency",
                            "sort_at",
                            "task",
                            "id",
                        ],
                        name="access_by_urgency",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("task", "principal", "relation"), name="one_row_per_relation"
                    )
                ],
            },
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
        migrations.AddIndex(
            model_name="workflowinstance",
            index=models.Index(fields=["status", "-created_at"], name="instance_by_status"),
        ),
        migrations.AddIndex(
            model_name="workflowinstance",
            index=models.Index(fields=["started_by", "-created_at"], name="instance_by_starter"),
        ),
        migrations.AddIndex(
            model_name="workflowinstance",
            index=models.Index(fields=["reference"], name="instance_by_reference"),
        ),
        migrations.AddIndex(
            model_name="workflowinstance",
            index=models.Index(
                condition=models.Q(("parent__isnull", False)),
                fields=["parent"],
                name="instance_by_parent",
            ),
        ),
        migrations.AddConstraint(
            model_name="workflowinstance",
            constraint=models.UniqueConstraint(
                condition=models.Q(("key", ""), _negated=True),
                fields=("workflow", "key"),
                name="key_starts_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="workflowinstance",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("parent__isnull", False), models.Q(("status", "canceled"), _negated=True)
                ),
                fields=("parent",),
                name="one_child_per_execution",
            ),
        ),
        migrations.AddConstraint(
            model_name="workflowinstance",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("finished_at__isnull", False), ("status__in", ("completed", "canceled"))
                    ),
                    models.Q(
                        models.Q(("status__in", ("completed", "canceled")), _negated=True),
                        ("finished_at__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="ended_instances_have_an_end",
            ),
        ),
        migrations.AddConstraint(
            model_name="webhooktoken",
            constraint=models.UniqueConstraint(
                fields=("instance", "path", "visit"), name="one_token_per_webhook_visit"
            ),
        ),
        migrations.AddConstraint(
            model_name="webhooktoken",
            constraint=models.UniqueConstraint(
                condition=models.Q(("closed_at__isnull", True)),
                fields=("token_hash",),
                name="open_token_once",
            ),
        ),
        migrations.AddIndex(
            model_name="stepexecution",
            index=models.Index(
                condition=models.Q(("status", "ready")),
                fields=["-priority", "id"],
                name="execution_ready",
            ),
        ),
        migrations.AddIndex(
            model_name="stepexecution",
            index=models.Index(
                condition=models.Q(("status", "scheduled")),
                fields=["due_at"],
                name="execution_scheduled",
            ),
        ),
        migrations.AddIndex(
            model_name="stepexecution",
            index=models.Index(
                condition=models.Q(
                    ("status__in", ("succeeded", "handled", "skipped", "canceled")), _negated=True
                ),
                fields=["instance", "status"],
                name="execution_active",
            ),
        ),
        migrations.AddIndex(
            model_name="stepexecution",
            index=models.Index(
                condition=models.Q(("status", "running")),
                fields=["lease_until"],
                name="execution_running",
            ),
        ),
        migrations.AddIndex(
            model_name="stepexecution",
            index=models.Index(
                condition=models.Q(("kind", "group"), ("pending", 0), ("status", "waiting")),
                fields=["id"],
                name="execution_left_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="stepexecution",
            constraint=models.UniqueConstraint(
                fields=("instance", "path", "scope", "visit"), name="one_execution_per_visit"
            ),
        ),
        migrations.AddConstraint(
            model_name="stepexecution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("lease_until__isnull", False), ("status", "running")),
                    models.Q(
                        models.Q(("status", "running"), _negated=True),
                        ("lease_until__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="running_means_leased",
            ),
        ),
        migrations.AddConstraint(
            model_name="stepexecution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "scheduled"), _negated=True),
                    ("due_at__isnull", False),
                    _connector="OR",
                ),
                name="scheduled_means_due",
            ),
        ),
        migrations.AddIndex(
            model_name="incident",
            index=models.Index(
                condition=models.Q(("resolved_at__isnull", True)),
                fields=["-opened_at"],
                name="incident_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="incident",
            constraint=models.UniqueConstraint(
                condition=models.Q(("resolved_at__isnull", True)),
                fields=("execution", "kind"),
                name="one_open_incident_per_kind",
            ),
        ),
        migrations.AddIndex(
            model_name="humantask",
            index=models.Index(fields=["instance"], name="task_by_instance"),
        ),
        migrations.AddConstraint(
            model_name="humantask",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "reserved"), _negated=True),
                    ("assignee__isnull", False),
                    _connector="OR",
                ),
                name="reserved_means_assigned",
            ),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(
                condition=models.Q(("actor__isnull", False)),
                fields=["actor"],
                name="event_by_actor",
            ),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(
                condition=models.Q(("kind", "task.commented")),
                fields=["instance", "seq"],
                name="event_comments",
            ),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.UniqueConstraint(
                fields=("instance", "seq"), name="one_event_per_number"
            ),
        ),
        migrations.AddIndex(
            model_name="attachment",
            index=models.Index(
                condition=models.Q(("bound_at__isnull", True)),
                fields=["created_at"],
                name="attachment_parked",
            ),
        ),
        migrations.AddConstraint(
            model_name="attachment",
            constraint=models.UniqueConstraint(
                fields=("uploaded_by", "form_token", "sha256", "name"),
                name="one_attachment_per_form",
            ),
        ),
        migrations.AddConstraint(
            model_name="attachment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("bound_at__isnull", True),
                        ("instance__isnull", True),
                        ("task__isnull", True),
                    ),
                    models.Q(("bound_at__isnull", False), ("instance__isnull", False)),
                    _connector="OR",
                ),
                name="bound_means_to_an_instance",
            ),
        ),
        migrations.RunPython(make_statistics, drop_statistics),
    ]
