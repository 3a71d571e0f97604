"""Admin pages that show rows and change none: lists that stay cheap, and history inline."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any, ClassVar
from uuid import UUID

from django.contrib import admin
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from workflows.admin.scope import within_scope

MOST_ROWS = 10_000
NEWEST = 100
"""Rows of history that an instance's page shows; the lists have the others."""


class CappedPaginator(Paginator):
    """Counts and pages no further than MOST_ROWS, so that a million rows cost no more."""

    object_list: QuerySet[Any]

    @cached_property
    def _found(self) -> int:
        return int(self.object_list[: MOST_ROWS + 1].count())

    @cached_property
    def count(self) -> int:
        return min(self._found, MOST_ROWS)

    @property
    def is_capped(self) -> bool:
        """Whether there are more rows than can be reached by paging."""
        return self._found > MOST_ROWS


class NothingByHand:
    """Takes away adding, changing and deleting: rows of the engine change by its verbs only."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ReadOnlyAdmin(NothingByHand, admin.ModelAdmin):
    """Shows the rows of the administrator's own workflows.

    Attributes:
        workflow_field: where a row's workflow is written; empty where it has none.
        seen_by: the roles for a workflow that let an administrator see its rows.
        list_defer: wide columns that a list does not read.
        id_fields: where an id is looked for that is typed into the search.
        search_hint: what can be typed into the search.
    """

    change_form_template = "admin/workflows/change_form.html"
    change_list_template = "admin/workflows/change_list.html"
    paginator = CappedPaginator
    list_max_show_all = 0
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    # No table has an index for every column, and sorting a million rows takes seconds.
    sortable_by = ()
    workflow_field: ClassVar[str] = "instance__workflow"
    seen_by: ClassVar[Sequence[str]] = ("view", "administer")
    list_defer: ClassVar[Sequence[str]] = ()
    id_fields: ClassVar[Sequence[str]] = ()
    search_hint: ClassVar[Any] = ""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = super().get_queryset(request)
        if self.workflow_field:
            rows = within_scope(
                rows, request.user, workflow_field=self.workflow_field, roles=self.seen_by
            )
        match = request.resolver_match
        if match is not None and (match.url_name or "").endswith("_changelist"):
            rows = rows.defer(*self.list_defer)
        return rows

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        wanted = _as_id(search_term)
        if wanted is None or not self.id_fields:
            return super().get_search_results(request, queryset, search_term)
        # By its index; Django's own search would compare every id as text.
        by_id = [Q(**{field: wanted}) for field in self.id_fields]
        return queryset.filter(Q(*by_id, _connector=Q.OR)), False

    def tools_for(self, request: HttpRequest, row: Any) -> list[tuple[str, str]]:
        """Give the buttons of a row's page: address and text."""
        return []

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        row = self.get_object(request, object_id)
        tools = self.tools_for(request, row) if row is not None else []
        context = {**(extra_context or {}), "tools": tools}
        return super().change_view(request, object_id, form_url, context)


def _as_id(text: str) -> UUID | None:
    try:
        return UUID(text.strip())
    except ValueError:
        return None


class HistoryInline(NothingByHand, admin.TabularInline):
    """The newest rows of one kind on an instance's page."""

    template = "admin/workflows/history.html"
    extra = max_num = 0
    can_delete = False
    related: ClassVar[Sequence[str]] = ()
    order: ClassVar[Sequence[str]] = ("-pk",)
    defer: ClassVar[Sequence[str]] = ()

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        match = request.resolver_match
        instance = match.kwargs.get("object_id") if match else None
        rows = super().get_queryset(request).filter(instance_id=instance)
        # The page filters these rows further, which a slice would not allow.
        newest = rows.order_by(*self.order).values("pk")[:NEWEST]
        kept = super().get_queryset(request).filter(pk__in=newest)
        if self.related:
            kept = kept.select_related(*self.related)
        return kept.defer(*self.defer).order_by(*self.order)
