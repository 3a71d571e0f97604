"""Conditions: what they may read, what they may not do, and what is said when they fail."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from workflows.context import StepRecord, WorkflowContext
from workflows.definition.conditions import check_expression, compile_condition
from workflows.exceptions import ConditionError, StepError

DATA = {
    "score": 81,
    "tags": ["new", "big"],
    "lines": [{"amount": 3}, {"amount": 40}],
    "name": "Ana",
}


def context() -> WorkflowContext:
    records = [StepRecord(step="check", visit=1, status="succeeded", result={"ok": True})]
    return WorkflowContext(
        workflow_id="expense",
        instance_id="1",
        data=DATA,
        metadata={"source": "mail"},
        user_id="7",
        current_step="gate",
        previous_result={"ok": True},
        history=lambda: records,
    )


def answer(expression: str) -> Any:
    return compile_condition(expression)(context())


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("context.get('score') >= 80", True),
        ("context.get('score') < 80", False),
        ("context.get('missing', 5) == 5", True),
        ("context.data['score'] - 1 == 80", True),
        ("'big' in context.get('tags') and not context.get('urgent')", True),
        ("context.get('name').lower() == 'ana'", True),
        ("context.metadata['source'] == 'mail'", True),
        ("context.previous_result['ok']", True),
        ("context.result_of('nowhere') is None", True),
        ("context.current_step == 'gate' and context.user_id == '7'", True),
        ("any(line['amount'] > 30 for line in context.get('lines'))", True),
        ("sum([line['amount'] for line in context.get('lines')]) == 43", True),
        ("'late' if context.get('late') else 'early'", "early"),
        ("10 % 3 == 1 and 2 ** 3 == 8", True),
    ],
)
def test_an_expression_reads_and_compares(expression: str, expected: object) -> None:
    assert check_expression(expression) is None
    assert answer(expression) == expected


@pytest.mark.parametrize(
    ("expression", "reason"),
    [
        ("", "empty"),
        ("   ", "empty"),
        ("score >= 80", "context.get('score')"),
        ("context.get('score') >=", "not an expression"),
        ("x = 1", "not an expression"),
        ("import os", "not an expression"),
        ("(" * 500, "not an expression"),
        ("context.set('score', 100)", "context.set"),
        ("context.discard_writes()", "context.discard_writes"),
        ("context._data", "context._data"),
        ("context.__class__", "context.__class__"),
        ("().__class__.__bases__", "__bases__"),
        ("context.get.__self__", "__self__"),
        ("'{0.__class__}'.format(context)", ".format"),
        ("context.data.clear()", ".clear"),
        ("'a'.zfill(10)", ".zfill"),
        ("open('/etc/passwd')", "open"),
        ("__import__('os')", "__import__"),
        ("eval('1')", "eval"),
        ("(lambda: 1)()", "named functions"),
        ("[lambda: 1]", "lambda"),
        ("f'{1:999999999}'", "f-strings"),
        ("max(*[1, 2])", "unpacking"),
        ("dict(**context.data)", "unpacking"),
        ("1 << 99999999", "operator"),
        ("context.get('a') > " + "1 + " * 300 + "1", "longer"),
        ("-" * 300 + "1", "too long"),
    ],
)
def test_what_an_expression_may_not_do_is_known_before_it_runs(
    expression: str, reason: str
) -> None:
    assert reason in (check_expression(expression) or "")
    with pytest.raises(ConditionError, match="cannot be used"):
        compile_condition(expression)


@pytest.mark.parametrize(
    "expression",
    [
        "9 ** 9 ** 9",
        "'a' * 99999999",
        "'%999999999d' % 1",
        "[x for a in range(9) for x in context.get('tags')]",
        "context.get('missing') > 3",
        "context.get",
        "1 / 0",
    ],
)
def test_what_goes_wrong_while_it_runs_names_the_expression(expression: str) -> None:
    with pytest.raises(ConditionError) as caught:
        answer(expression)

    assert expression in str(caught.value)
    assert isinstance(caught.value, StepError)


def test_what_an_expression_reads_is_a_copy() -> None:
    data = context()

    compile_condition("context.data.get('tags').count('new') == 1")(data)
    with pytest.raises(ConditionError):
        compile_condition("context.get('tags').append(1)")

    assert data.get("tags") == ["new", "big"]


def test_no_condition_holds_always() -> None:
    assert asyncio.run(compile_condition(None).holds(context()))


def test_a_plain_function_decides() -> None:
    def is_high(seen: WorkflowContext) -> bool:
        return bool(seen.get("score") > 80)

    condition = compile_condition(is_high)

    assert condition.text.endswith("is_high")
    assert condition(context()) is True
    assert asyncio.run(condition.holds(context()))


def test_an_async_function_decides() -> None:
    async def is_high(seen: WorkflowContext) -> list[int]:
        await asyncio.sleep(0)
        return [] if seen.get("score") > 80 else [1]

    assert not asyncio.run(compile_condition(is_high).holds(context()))


def test_an_error_in_a_function_names_it_and_keeps_the_cause() -> None:
    def broken(_seen: WorkflowContext) -> bool:
        raise LookupError("no price list")

    async def broken_later(_seen: WorkflowContext) -> bool:
        raise LookupError("no price list")

    for function in (broken, broken_later):
        with pytest.raises(ConditionError, match=rf"{function.__name__}.*no price list") as caught:
            asyncio.run(compile_condition(function).holds(context()))
        assert isinstance(caught.value.__cause__, LookupError)


def test_a_compiled_condition_stays_what_it_is() -> None:
    condition = compile_condition("True")

    assert compile_condition(condition) is condition
    assert condition.text == "True"
