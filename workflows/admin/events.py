"""Events: the history of all instances."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from workflows.admin.filters import WorkflowFilter
from workflows.admin.reading import HistoryInline, ReadOnlyAdmin
from workflows.admin.showing import admin_link, moment, moment_of, pretty_json
from workflows.engine import queries
from workflows.models import Event


class EventInline(HistoryInline):
    """The newest events of one instance."""

    model = Event
    fields = readonly_fields = ("shown_at", "kind", "path", "actor", "via", "reason")
    order = ("-seq",)
    related = ("actor",)
    fk_name = "instance"
    verbose_name_plural = _("newest events")

    @admin.display(description=_("at"))
    def shown_at(self, row: Event) -> str:
        """Give the moment to the second."""
        return moment(row.at)

    @admin.display(description=_("reason"))
    def reason(self, row: Event) -> str:
        """Give what was said about why: a person's reason, or a failed step's error."""
        return str(row.data.get("reason") or row.data.get("error") or "")


@admin.register(Event)
class EventAdmin(ReadOnlyAdmin):
    """What happened, to which instance, by whom."""

    list_display = (*(moment_of("at", _("at")), "kind", "path", "shown_instance", "actor", "via"),)
    list_select_related = ("instance", "actor")
    list_filter = (WorkflowFilter, "via")
    id_fields = ("instance_id",)
    search_fields = ("instance__reference__exact",)
    search_hint = _("Reference or id of an instance, in full.")
    ordering = ("-id",)
    fields = (("shown_instance", "seq"), ("kind", "path"), ("actor", "via", "at"), "shown_data")
    list_defer = ("data", "instance__data", "instance__metadata", "instance__visits")

    @admin.display(description=_("workflow instance"))
    def shown_instance(self, row: Event) -> str:
        """Link to what it happened to."""
        return admin_link("workflowinstance", row.instance)

    @admin.display(description=_("details"))
    def shown_data(self, row: Event) -> str:
        """Give the details to read."""
        return pretty_json(row.data | _without_secrets(row))


def _without_secrets(row: Event) -> dict[str, Any]:
    """Give what an event did to the data, without what no form shows again."""
    definition, found = row.instance.definition, {}
    if submitted := row.data.get("submitted"):
        found["submitted"] = queries.without_secrets(definition, submitted)
    if changes := row.data.get("changes"):
        before, after = (
            queries.without_secrets(definition, {name: pair[at] for name, pair in changes.items()})
            for at in (0, 1)
        )
        found["changes"] = {name: [before[name], after[name]] for name in changes}
    return found
