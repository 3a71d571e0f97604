"""The twenty basic control-flow patterns, each as a workflow that runs.

They are after the catalogue by W. van der Aalst, A. ter Hofstede, B. Kiepuszewski and A. Barros
(*Workflow Patterns*, 2003; revised by N. Russell and others in 2006), in its order. They are not
registered: `docs/reference/patterns.md` explains them, and their tests run them.
"""

from __future__ import annotations

from workflows import WorkflowDefinition
from workflows.examples.patterns.basic import (
    exclusive_choice,
    parallel_split,
    sequence,
    simple_merge,
    synchronisation,
)
from workflows.examples.patterns.cancelling import cancel_activity, cancel_case
from workflows.examples.patterns.instances import (
    known_at_design_time,
    known_at_run_time,
    known_while_they_run,
    without_synchronisation,
)
from workflows.examples.patterns.merging import (
    multi_choice,
    multi_merge,
    structured_discriminator,
    structured_synchronising_merge,
)
from workflows.examples.patterns.states import (
    deferred_choice,
    interleaved_parallel_routing,
    milestone,
)
from workflows.examples.patterns.structure import arbitrary_cycles, implicit_termination

PATTERNS: dict[str, WorkflowDefinition] = {
    "Sequence": sequence,
    "Parallel split": parallel_split,
    "Synchronisation": synchronisation,
    "Exclusive choice": exclusive_choice,
    "Simple merge": simple_merge,
    "Multi-choice": multi_choice,
    "Structured synchronising merge": structured_synchronising_merge,
    "Multi-merge": multi_merge,
    "Structured discriminator": structured_discriminator,
    "Arbitrary cycles": arbitrary_cycles,
    "Implicit termination": implicit_termination,
    "Multiple instances without synchronisation": without_synchronisation,
    "Multiple instances with a priori design-time knowledge": known_at_design_time,
    "Multiple instances with a priori run-time knowledge": known_at_run_time,
    "Multiple instances without a priori run-time knowledge": known_while_they_run,
    "Deferred choice": deferred_choice,
    "Interleaved parallel routing": interleaved_parallel_routing,
    "Milestone": milestone,
    "Cancel activity": cancel_activity,
    "Cancel case": cancel_case,
}
"""Each pattern's name in the catalogue, and the workflow that shows it."""
