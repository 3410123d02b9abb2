"""What the tests of verbs share: commands that are run in this process."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rubricator import cli

Tell = Callable[..., tuple[int, str]]


@pytest.fixture
def tell(capfd: pytest.CaptureFixture[str]) -> Tell:
    """Run a command; return its exit code and all that it said."""

    def run(*arguments: object) -> tuple[int, str]:
        capfd.readouterr()
        code = cli.run(cli.rubricator, [str(item) for item in arguments])
        out, err = capfd.readouterr()
        return code, out + err

    return run
