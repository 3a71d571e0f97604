"""What can be done with workflows: each verb, and its `a…` twin for async code.

In: an instance or a task, who acts, and what they say. Out: the row as it is then, or one of the
errors of `workflows.exceptions`. What can be asked without changing anything is in
`workflows.engine.queries` and `workflows.engine.lists`; what the verbs are made of is in the rooms
beside them, which docs/architecture.md draws.
"""

from __future__ import annotations

from asgiref.sync import sync_to_async

from workflows.engine.files.upload import park
from workflows.engine.instances.control import cancel_workflow, resume, suspend
from workflows.engine.instances.migrate import migrate_instances
from workflows.engine.instances.retry import retry
from workflows.engine.instances.start import start_workflow

# Both enter themselves into ON_CANCEL of the transitions, whoever imports what.
from workflows.engine.tasks import close  # noqa: F401
from workflows.engine.tasks.ask import answer, ask, recall
from workflows.engine.tasks.assign import claim, reassign, release, take_over
from workflows.engine.tasks.comment import comment, note_mention
from workflows.engine.tasks.decide import complete_human_task, override, undo
from workflows.engine.tasks.drafts import (
    discard_draft,
    keep_sent,
    save_draft,
    save_start_draft,
)
from workflows.engine.tasks.reopen import reopen
from workflows.engine.tasks.snooze import snooze, unsnooze
from workflows.engine.webhooks import wait  # noqa: F401
from workflows.engine.webhooks.receive import receive_webhook

apark = sync_to_async(park)
acancel_workflow = sync_to_async(cancel_workflow)
aresume = sync_to_async(resume)
asuspend = sync_to_async(suspend)
amigrate_instances = sync_to_async(migrate_instances)
aretry = sync_to_async(retry)
astart_workflow = sync_to_async(start_workflow)
aanswer = sync_to_async(answer)
aask = sync_to_async(ask)
arecall = sync_to_async(recall)
aclaim = sync_to_async(claim)
areassign = sync_to_async(reassign)
arelease = sync_to_async(release)
atake_over = sync_to_async(take_over)
acomment = sync_to_async(comment)
anote_mention = sync_to_async(note_mention)
acomplete_human_task = sync_to_async(complete_human_task)
aoverride = sync_to_async(override)
aundo = sync_to_async(undo)
adiscard_draft = sync_to_async(discard_draft)
akeep_sent = sync_to_async(keep_sent)
asave_draft = sync_to_async(save_draft)
asave_start_draft = sync_to_async(save_start_draft)
areopen = sync_to_async(reopen)
asnooze = sync_to_async(snooze)
aunsnooze = sync_to_async(unsnooze)
areceive_webhook = sync_to_async(receive_webhook)

__all__ = [
    "aanswer",
    "aask",
    "acancel_workflow",
    "aclaim",
    "acomment",
    "acomplete_human_task",
    "adiscard_draft",
    "akeep_sent",
    "amigrate_instances",
    "anote_mention",
    "answer",
    "aoverride",
    "apark",
    "areassign",
    "arecall",
    "areceive_webhook",
    "arelease",
    "areopen",
    "aresume",
    "aretry",
    "asave_draft",
    "asave_start_draft",
    "ask",
    "asnooze",
    "astart_workflow",
    "asuspend",
    "atake_over",
    "aundo",
    "aunsnooze",
    "cancel_workflow",
    "claim",
    "comment",
    "complete_human_task",
    "discard_draft",
    "keep_sent",
    "migrate_instances",
    "note_mention",
    "override",
    "park",
    "reassign",
    "recall",
    "receive_webhook",
    "release",
    "reopen",
    "resume",
    "retry",
    "save_draft",
    "save_start_draft",
    "snooze",
    "start_workflow",
    "suspend",
    "take_over",
    "undo",
    "unsnooze",
]
