"""What an export says of the articles before it is written."""

from __future__ import annotations

from collections.abc import Mapping

from rubricator_gui.dialogs.going import going_words as words_with_spaces


def going_words(counts: Mapping[str, int], wanted: str, *, untouched: bool) -> str:
    return words_with_spaces(counts, wanted, untouched=untouched).replace("\N{NO-BREAK SPACE}", " ")


COUNTS = {"done": 2, "doing": 1, "skipped": 1, "": 3}


def test_all_of_them_with_what_is_not_begun() -> None:
    assert going_words(COUNTS, "", untouched=True) == (
        "To be written: 2 finished, 1 in work, 1 skipped,\n3 not begun."
        "\nWhat is not begun is written without annotations,\nand is no negative example."
    )


def test_a_format_of_one_layer_leaves_out_what_is_not_begun() -> None:
    assert going_words(COUNTS, "", untouched=False) == (
        "To be written: 2 finished, 1 in work, 1 skipped.\nLeft out: 3 not begun."
    )


def test_a_status_leaves_the_others_out() -> None:
    for untouched in (False, True):
        assert going_words(COUNTS, "done", untouched=untouched) == (
            "To be written: 2 finished.\nLeft out: 1 in work, 1 skipped, 3 not begun."
        )
    assert going_words({"": 3}, "done", untouched=True) == "To be written: nothing.\nLeft out: 3 not begun."


def test_what_was_imported_and_not_looked_at_is_written() -> None:
    assert going_words({"todo": 4}, "", untouched=False) == "To be written: 4 begun, to do."
