"""The command line over the core. It never loads Qt, and loads the rest of the core only for the command that is asked.

Exit codes: 0 done, 1 refused (or losses with `--on-loss fail`, or one of several files refused), 2 wrong usage.
"""

from __future__ import annotations

import sys

import click

from rubricator import __version__
from rubricator.cli.agreement import agreement_command
from rubricator.cli.entities import entities_group
from rubricator.cli.exporting import export_command, formats_command
from rubricator.cli.importing import import_command
from rubricator.cli.options import project_argument
from rubricator.cli.packets import merge_command, pack_command
from rubricator.cli.projects import (
    check_command,
    history_command,
    new_command,
    snapshot_command,
    snapshots_command,
    stats_command,
)
from rubricator.cli.reviewing import adjudicate_command, differences_command
from rubricator.cli.sampling import sample_command
from rubricator.cli.saying import echo, echo_json
from rubricator.cli.schemes import scheme_group
from rubricator.cli.topics import topics_group
from rubricator.errors import UserError
from rubricator.words import message, say

__all__ = ["main", "project_argument", "rubricator", "run"]


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="rubricator")
def rubricator() -> None:
    """Annotate articles by hand, and take the corpus into training."""


for command in (
    new_command,
    import_command,
    export_command,
    formats_command,
    stats_command,
    differences_command,
    adjudicate_command,
    agreement_command,
    sample_command,
    history_command,
    snapshot_command,
    snapshots_command,
    check_command,
    pack_command,
    merge_command,
    scheme_group,
    topics_group,
    entities_group,
):
    rubricator.add_command(command)


def run(command: click.Command, arguments: list[str] | None = None) -> int:
    """Run a command and return its exit code; what a person can mend is said on the error stream."""
    given = sys.argv[1:] if arguments is None else arguments
    try:
        code: object = command.main(given, prog_name="rubricator", standalone_mode=False)
    except UserError as error:
        if "--json" in given:
            refused = [getattr(item, "name", "") for item in error.refusals]
            echo_json({"error": say(error.text), "hint": say(error.hint), "refused": refused})
        echo(str(error), err=True)
        return 1
    except OSError as error:
        echo(f"{error.filename or 'rubricator'}: {error.strerror or error}", err=True)
        return 1
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except click.Abort:  # Ctrl+C: a transaction is rolled back, and an export is made beside its place
        echo(message("Stopped. Nothing is left half done."), err=True)
        return 1
    except SystemExit as done:
        return done.code if isinstance(done.code, int) else 1
    return code if isinstance(code, int) else 0


def main(arguments: list[str] | None = None) -> None:
    """Run the command line without the window."""
    sys.exit(run(rubricator, arguments))
