"""Words of tasks that a search looks up, folded by `workflows.engine.store.search_words`."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from workflows.models.tasks import HumanTask

LONGEST_WORD = 40


class TaskWord(models.Model):
    """One word of a task's title, summary or reference: small ASCII letters and digits."""

    pk = models.CompositePrimaryKey("task_id", "word")
    task = models.ForeignKey(
        HumanTask, on_delete=models.CASCADE, related_name="words", db_index=False
    )
    word = models.CharField(_("word"), max_length=LONGEST_WORD)

    class Meta:
        verbose_name = _("word of a task")
        verbose_name_plural = _("words of tasks")
        indexes = [models.Index(fields=["word", "task"], name="task_by_word")]

    def __str__(self) -> str:
        return self.word
