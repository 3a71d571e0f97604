"""Which workflows there are: definitions by name and version."""

from __future__ import annotations

from collections.abc import Iterator

from workflows.definition.definition import WorkflowDefinition, version_key
from workflows.exceptions import UnknownWorkflow


class Registry:
    """Definitions by name and version; `conflicts` are versions registered twice."""

    def __init__(self) -> None:
        self._definitions: dict[str, dict[str, WorkflowDefinition]] = {}
        self.conflicts: list[WorkflowDefinition] = []

    def register(self, definition: WorkflowDefinition) -> WorkflowDefinition:
        """Make a definition known; the first of two with the same name and version stays."""
        versions = self._definitions.setdefault(definition.name, {})
        if versions.setdefault(definition.version, definition) is not definition:
            self.conflicts.append(definition)
        return definition

    def unregister(self, definition: WorkflowDefinition) -> None:
        """Forget a definition, as when its code is taken away."""
        self.conflicts = [other for other in self.conflicts if other is not definition]
        versions = self._definitions.get(definition.name, {})
        if versions.get(definition.version) is definition:
            del versions[definition.version]
        if not versions:
            self._definitions.pop(definition.name, None)

    def get(self, name: str, version: str | None = None) -> WorkflowDefinition:
        """Give the definition of this name and version, or the newest version.

        Raises UnknownWorkflow, naming what there is.
        """
        versions = self._definitions.get(name)
        if not versions:
            known = ", ".join(sorted(self._definitions)) or "none"
            raise UnknownWorkflow(f"No workflow {name!r} is registered (known: {known}).")
        if version is None:
            return versions[max(versions, key=version_key)]
        if version not in versions:
            known = ", ".join(sorted(versions, key=version_key))
            raise UnknownWorkflow(
                f"Workflow {name!r} has no registered version {version!r} (known: {known})."
            )
        return versions[version]

    def latest(self) -> list[WorkflowDefinition]:
        """Give the newest version of every workflow, by label."""
        return sorted((self.get(name) for name in self._definitions), key=lambda d: d.label)

    def __iter__(self) -> Iterator[WorkflowDefinition]:
        for versions in self._definitions.values():
            yield from versions.values()


registry = Registry()
register = registry.register
