"""Keys of buttons."""

from __future__ import annotations

from tasks_ui.shortcuts import TAKEN, keys_for


def test_keys_are_first_letters_where_they_are_free() -> None:
    assert keys_for(["Approve", "Reject", "Quit"]) == ["a", "r", "q"]


def test_labels_that_begin_alike_get_different_keys() -> None:
    assert keys_for(["Reject", "Request revisions", "Revise"]) == ["r", "e", "v"]


def test_keys_with_another_meaning_are_not_given() -> None:
    assert keys_for(["Claim", "Undo", "KJ"]) == ["l", "d", "3"]
    assert not TAKEN & set(keys_for(["Keep", "Cancel", "Up", "Just"]))


def test_labels_without_latin_letters_get_digits() -> None:
    assert keys_for(["承認", "却下"]) == ["1", "2"]
