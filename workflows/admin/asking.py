"""The page between choosing a verb and carrying it out: says on what, and asks for the reason."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from workflows.admin.forms import ReasonForm
from workflows.admin.reading import ReadOnlyAdmin
from workflows.admin.scope import holds_anywhere
from workflows.exceptions import WorkflowError

MOST_AT_ONCE = 100
log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Question:
    """A verb as administrators are asked about it.

    Attributes:
        name: part of the page's address.
        title: heading of the page, and the action's name in lists.
        explanation: what will happen, in a sentence.
        button: the text of the button that does it.
        done: what is said of each row when it is done.
        act: carries the verb out on a row, for a user, with the form's answers.
    """

    name: str
    title: Any
    explanation: Any
    button: Any
    done: Any
    act: Callable[[Any, Any, dict[str, Any]], object]
    form: type[ReasonForm] = ReasonForm


def action_for(question: Question) -> Callable[..., HttpResponse | None]:
    """Give the action of a list that asks the question about the chosen rows."""

    def ask(
        model_admin: AskingAdmin, request: HttpRequest, rows: QuerySet[Any]
    ) -> HttpResponse | None:
        return model_admin.ask_about(request, question, rows)

    ask.__name__ = question.name
    return admin.action(permissions=["act"], description=question.title)(ask)


class AskingAdmin(ReadOnlyAdmin):
    """Acts on rows through the engine's verbs, each after a page that asks.

    `acted_on_by` are the roles for a workflow that show the actions; the verbs themselves say
    who may do what with which row.
    """

    questions: ClassVar[Sequence[Question]] = ()
    acted_on_by: ClassVar[Sequence[str]] = ("administer",)

    def has_act_permission(self, request: HttpRequest) -> bool:
        """Whether the person may act on rows of any workflow."""
        return holds_anywhere(request.user, self.acted_on_by)

    def get_urls(self) -> list[URLPattern]:
        own = [
            path(
                f"{question.name}/",
                self.admin_site.admin_view(partial(self.question_view, question=question)),
                name=self.question_name(question.name),
            )
            for question in self.questions
        ]
        return own + super().get_urls()

    def question_name(self, name: str) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_{name}"

    def question_address(self, name: str, *chosen: Any) -> str:
        """Give the address of the page that asks about these rows."""
        address = reverse(f"admin:{self.question_name(name)}")
        return f"{address}?{urlencode([('chosen', pk) for pk in chosen])}" if chosen else address

    def question_view(self, request: HttpRequest, *, question: Question) -> HttpResponse:
        """Ask about the rows that are named, or carry the verb out on them."""
        if request.method not in ("GET", "HEAD", "POST"):
            return HttpResponseNotAllowed(["GET", "POST"])
        if not (self.has_view_permission(request) and self.has_act_permission(request)):
            raise PermissionDenied(_("You administer no workflow."))
        sent = request.POST if request.method == "POST" else request.GET
        rows = self._named(request, sent.getlist("chosen")[:MOST_AT_ONCE])
        if not rows:
            self.message_user(request, _("There is nothing to do that to."), messages.WARNING)
            return HttpResponseRedirect(self._list_address(request))
        if request.method != "POST":
            return self._page(request, question, rows, question.form(rows=rows))
        form = question.form(request.POST, rows=rows)
        if not form.is_valid():
            return self._page(request, question, rows, form, status=422)
        self._carry_out(request, question, rows, form.cleaned_data)
        return HttpResponseRedirect(self._way_back(request, rows))

    def ask_about(
        self, request: HttpRequest, question: Question, chosen: QuerySet[Any]
    ) -> HttpResponse | None:
        """Show the page that asks about rows chosen in the list."""
        rows = list(chosen[: MOST_AT_ONCE + 1])
        if len(rows) > MOST_AT_ONCE:
            text = _("Choose at most %(count)d at a time.") % {"count": MOST_AT_ONCE}
            self.message_user(request, text, messages.ERROR)
            return None
        return self._page(request, question, rows, question.form(rows=rows))

    def name_of(self, row: Any) -> str:
        """Give what a row is called in questions and in what is said of it."""
        return str(row)

    def _named(self, request: HttpRequest, chosen: Sequence[str]) -> list[Any]:
        try:
            rows = self.get_queryset(request).filter(pk__in=chosen)
        except (ValidationError, ValueError):
            return []
        related = self.get_list_select_related(request)
        return list(rows.select_related(*related) if isinstance(related, tuple) else rows)

    def _page(
        self,
        request: HttpRequest,
        question: Question,
        rows: Sequence[Any],
        form: ReasonForm,
        status: int = 200,
    ) -> TemplateResponse:
        address = reverse(f"admin:{self.question_name(question.name)}")
        context = {
            **self.admin_site.each_context(request),
            "title": question.title,
            "question": question,
            "rows": [(row, self.name_of(row)) for row in rows],
            "form": form,
            "opts": self.opts,
            "action": f"{address}?{self.get_preserved_filters(request)}",
            "way_back": self._way_back(request, rows),
        }
        return TemplateResponse(request, "admin/workflows/question.html", context, status=status)

    def _carry_out(
        self,
        request: HttpRequest,
        question: Question,
        rows: Sequence[Any],
        answers: dict[str, Any],
    ) -> None:
        """Do it row by row, each in its own transaction, and say of each what came of it."""
        for row in rows:
            name = self.name_of(row)
            try:
                question.act(row, request.user, answers)
            except (WorkflowError, ObjectDoesNotExist) as error:
                self.message_user(request, f"{name}: {error}", messages.ERROR)
            except Exception:
                # One row's trouble must not keep the verb from the rows after it.
                log.exception("%s of %s %s failed", question.name, self.opts.label, row.pk)
                text = _("%(name)s: this went wrong here; the log says why.") % {"name": name}
                self.message_user(request, text, messages.ERROR)
            else:
                self.message_user(request, f"{name}: {question.done}", messages.SUCCESS)

    def _way_back(self, request: HttpRequest, rows: Sequence[Any]) -> str:
        came_from_list = bool(self.get_preserved_filters(request)) or len(rows) > 1
        if came_from_list:
            return self._list_address(request)
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_change"
        return reverse(name, args=[rows[0].pk])

    def _list_address(self, request: HttpRequest) -> str:
        address = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")
        filters = request.GET.get("_changelist_filters", "")
        return f"{address}?{filters}" if filters else address
