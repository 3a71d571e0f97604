"""Start an instance: check who, check the data, store it with its first execution."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from workflows.definition.definition import WorkflowDefinition
from workflows.engine.access.permissions import may_start
from workflows.engine.board.advance import enter
from workflows.engine.definitions.stored import get_definition, stored
from workflows.engine.files.attachments import bind
from workflows.engine.store.clock import now
from workflows.engine.transitions.commit import write
from workflows.engine.transitions.transition import Transition
from workflows.engine.work.call import answer_of
from workflows.engine.work.load import go_on
from workflows.engine.work.texts import fill_in
from workflows.engine.work.webhook_tokens import has_own_token, hash_of
from workflows.exceptions import BadValue, DuplicateKey, InvalidSubmission, NotAllowed
from workflows.models.instances import WorkflowInstance
from workflows.models.step_executions import StepExecution
from workflows.models.webhooks import WebhookToken
from workflows.schemas import validate
from workflows.steps.webhook import WebhookStep
from workflows.values.ids import uuid7
from workflows.values.plain_json import to_json

logger = logging.getLogger("workflows")


def start_workflow(
    name: str,
    *,
    initial_data: Mapping[str, Any] | None = None,
    user: Any = None,
    metadata: Mapping[str, Any] | None = None,
    version: str | None = None,
    key: str | None = None,
    via: str = "web",
) -> WorkflowInstance:
    """Start an instance of the workflow's newest (or the named) version.

    Files that the data refers to are bound to the instance. `key` makes starting idempotent: the
    same key with the same data gives the instance that it started first. Raises UnknownWorkflow,
    NotAllowed, InvalidSubmission, DuplicateKey and DefinitionError.
    """
    definition = get_definition(name, version)
    if user is not None and not may_start(user, definition):
        raise NotAllowed(f"You may not start {definition.label}.")
    beginning = prepare(
        definition,
        initial_data or {},
        metadata=metadata or {},
        started_by_id=getattr(user, "pk", None),
        key=key or "",
    )
    try:
        with transaction.atomic():
            moment = now()
            instance = begin(beginning, moment, actor=user, via=via)
            bind(instance.data, instance, user=user, at=moment)
    except IntegrityError:
        return _started_before(beginning)
    if user is not None:
        instance.started_by = user
    return instance


@dataclass(frozen=True)
class Beginning:
    """All that an instance starts with, checked: its fields, and the tokens its author makes."""

    definition: WorkflowDefinition
    fields: Mapping[str, Any]
    own_tokens: Sequence[tuple[str, str]]


def prepare(
    definition: WorkflowDefinition,
    initial_data: Mapping[str, Any],
    *,
    metadata: Mapping[str, Any],
    started_by_id: Any = None,
    parent_id: int | None = None,
    key: str = "",
) -> Beginning:
    """Check what an instance is to start with, outside of any lock; raises InvalidSubmission."""
    data = _checked(definition, initial_data)
    fields = {
        "id": uuid7(),
        "definition": stored(definition),
        "workflow": definition.name,
        "data": data,
        "metadata": to_json(dict(metadata), "metadata"),
        "reference": str(data.get(definition.reference) or "")[:200],
        "summary": fill_in(definition.summary, data)[:500],
        "key": key,
        "key_digest": _digest(data) if key else "",
        "started_by_id": started_by_id,
        "parent_id": parent_id,
    }
    own_tokens = _own_tokens(WorkflowInstance(**fields), definition)
    return Beginning(definition, fields, own_tokens)


def begin(
    beginning: Beginning,
    moment: datetime,
    *,
    actor: Any = None,
    via: str,
    suspended_at: datetime | None = None,
) -> WorkflowInstance:
    """Store an instance with its first execution; call inside a transaction."""
    instance = WorkflowInstance(
        **beginning.fields, created_at=moment, changed_at=moment, suspended_at=suspended_at
    )
    instance.save(force_insert=True)
    WebhookToken.objects.bulk_create(
        [
            WebhookToken(instance=instance, path=path, visit=1, token_hash=mark)
            for path, mark in beginning.own_tokens
        ],
        # Where another instance has the same token, the step that comes to wait for it fails.
        ignore_conflicts=instance.parent_id is not None,
    )
    transition = Transition(instance, moment)
    transition.rows = {}  # It has none yet: they need not be asked for.
    transition.record("instance.started", actor=actor, via=via)
    if suspended_at is not None:
        transition.record("instance.suspended", via=via)
    enter(transition.board, beginning.definition.graph.initial, previous=None)
    write([transition])
    return instance


def _checked(definition: WorkflowDefinition, initial_data: Mapping[str, Any]) -> dict[str, Any]:
    """Give the data as JSON; raises InvalidSubmission where it does not fit the start schema."""
    data: dict[str, Any] = {}
    try:
        for name, value in initial_data.items():
            data[to_json(name, "key")] = to_json(value, name)
    except BadValue as error:
        raise InvalidSubmission({"": [str(error)]}) from error
    errors = validate(definition.start_schema, data) if definition.start_schema else {}
    if errors:
        raise InvalidSubmission(errors)
    return data


def _started_before(beginning: Beginning) -> WorkflowInstance:
    name, key = beginning.fields["workflow"], beginning.fields["key"]
    first = WorkflowInstance.objects.filter(workflow=name, key=key).first() if key else None
    if first is None:
        raise InvalidSubmission({"": ["A callback token of this workflow is in use elsewhere."]})
    if first.key_digest != beginning.fields["key_digest"]:
        raise DuplicateKey(f"Key {key!r} was used for {first.pk}, with other data.")
    return first


def _digest(data: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()


def _own_tokens(
    instance: WorkflowInstance, definition: WorkflowDefinition
) -> list[tuple[str, str]]:
    """Tokens that authors make are known from the start, so that calls may come early.

    What raises here is left for the step's own visit, where it fails the step.
    """
    found = []
    for node in definition.graph.nodes.values():
        if not isinstance(node.step, WebhookStep) or not has_own_token(node.step):
            continue
        if node.path in definition.graph.items:
            # Nothing is known yet of the items, which such tokens have to depend on.
            continue
        row = StepExecution(instance=instance, path=node.path, kind="webhook")
        context = go_on(row, instance, definition, None).context
        try:
            token = answer_of(node.step.get_callback_token, context)
        except Exception:
            logger.info("Step %s of %s has no token yet.", node.path, instance.pk, exc_info=True)
            continue
        if isinstance(token, str) and token:
            found.append((node.path, hash_of(token)))
    return found
