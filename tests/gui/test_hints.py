"""What to do about an error is worded for the window: nobody can type options and commands into it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import rubricator
import rubricator_gui
from rubricator.errors import UserError
from rubricator.model.text import decode
from rubricator.words import message
from rubricator_gui.hints import HERE, hint_of, whole

TYPED = re.compile(r"(?<![\w-])--[a-z]|“rubricator ")
"""An option or a command of the command line."""

NOT_TOLD_HERE = {
    "--map": "it stands where a file would in the notes of an import, and the window maps but what is there",
    "In articles (“--article ID” tells each difference):": "the list of differences of the command line",
}
OTHERS = re.compile(r"“uv sync --extra |^```sh\npython -m spacy train ")
"""Commands of other programs: they are the same wherever they are told."""


def words_in(package: str) -> Iterator[str]:
    """Yield all words in the code of a package but docstrings, and without the command line."""
    top = Path(package).parent
    for path in sorted(top.rglob("*.py")):
        if path.relative_to(top).parts[0] == "cli":
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        docs = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
                yield node.value


def test_all_hints_that_name_options_or_commands_have_words_of_the_window() -> None:
    told = {words for words in words_in(str(rubricator.__file__)) if TYPED.search(words) and not OTHERS.search(words)}
    assert len(told) > 20
    assert told - NOT_TOLD_HERE.keys() == HERE.keys()
    for words, here in HERE.items():
        assert here.text
        assert not TYPED.search(here.text)
        assert set(re.findall(r"{\w+}", here.text)) <= set(re.findall(r"{\w+}", words))


def test_whoever_shows_a_hint_asks_for_those_words() -> None:
    top = Path(str(rubricator_gui.__file__)).parent
    found = [
        path.name
        for path in sorted(top.rglob("*.py"))
        if re.search(r"\b(error|trouble|refused|mended)\.hint\b", path.read_text(encoding="utf-8"))
    ]
    assert found == ["hints.py"]


def test_hints_of_the_window_and_of_the_command_line() -> None:
    with pytest.raises(UserError, match="--encoding") as refused:
        decode(b"%PDF-1.7", "a.pdf")
    assert hint_of(refused.value) == "Choose a text file, or save it as UTF-8 first."
    named = UserError("No.", message("Name one with --annotator: {names}.", names="anna, ben"))
    assert whole(named) == "No. Choose one under “Layers”: anna, ben."
    assert whole(UserError("No.", "Wait.")) == "No. Wait."
    assert whole(UserError("No.")) == "No."
