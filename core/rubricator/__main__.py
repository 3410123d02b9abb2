"""`python -m rubricator`: the command line without the window."""

from rubricator.cli import main

main()
