"""The program: the core's command line with the window's commands, or without a command the window.

A window that is started by its icon loads no command line.
"""

from __future__ import annotations

import sys

from rubricator.errors import UserError


def main(arguments: list[str] | None = None) -> None:
    """Run `rubricator`: a command, or without one the window on the last project."""
    given = sys.argv[1:] if arguments is None else arguments
    if given:
        try:
            from rubricator_gui import commandline

            sys.exit(commandline.run(given))
        except KeyboardInterrupt:  # before the command line stood
            sys.exit(1)
    from rubricator_gui import launch

    try:
        sys.exit(launch.window(None))
    except UserError as error:
        print(error, file=sys.stderr)
        sys.exit(1)


if __name__ == "__main__":
    main()
