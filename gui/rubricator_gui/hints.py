"""What to do about an error, in the window: the core words it for the command line, where the options have names."""

from __future__ import annotations

from collections.abc import Mapping

from rubricator.errors import UserError
from rubricator.words import Message, message, say

HERE: Mapping[str, Message] = {
    # files
    "Choose a text file, or name its encoding with --encoding.": message(
        "Choose a text file, or save it as UTF-8 first."
    ),
    "Name it with --encoding, for example --encoding windows-1252.": message("Save the file as UTF-8 first."),
    "Name the right encoding with --encoding, for example --encoding windows-1252.": message(
        "Save the file as UTF-8 first."
    ),
    "Save the file as UTF-8, or name its encoding with --encoding.": message("Save the file as UTF-8 first."),
    "JSON is written in UTF-8: leave --encoding out.": message("Save the file as UTF-8 first."),
    "Rubricator JSONL is written in UTF-8: leave --encoding out.": message("Save the file as UTF-8 first."),
    "Name the format with --format: {keys}.": message(
        "See how its name ends: “Import articles…” in the menu “File” shows which files can be read."
    ),
    "“rubricator formats” lists what can be.": message("“Import articles…” in the menu “File” shows what can be."),
    "Choose another name, or say --overwrite.": message("Choose another name."),
    # what an import meets
    "Check what the offsets count, and say it with --offsets.": message(
        "Ask whoever made the file what its offsets count: they must be characters."
    ),
    "Check that the file belongs to this text, and what its offsets count (--offsets).": message(
        "Check that the file belongs to this text, and what its offsets count."
    ),
    "Correct it in the file. Offsets are code points; --offsets names another unit.": message(
        "Correct it in the file. Offsets are code points."
    ),
    "The first is here: {place}. Without --strict the rest comes in.": message("The first is here: {place}."),
    "Import with --new-labels add to add them to the scheme, or with --map to give them other names.": message(
        "Import it again: you are asked what is to become of them."
    ),
    "See whether these are labels, and not ids; --map gives some of them one name.": message(
        "See whether these are labels, and not ids. Import it again, and give some of them to labels of the scheme."
    ),
    "Say in the file which: {names}. Or put all of it into one layer (--annotator).": message(
        "Say in the file which: {names}."
    ),
    "Put it into your own layer (--annotator), or import it into the project that this copy came from.": message(
        "Choose yourself under “Whose layer”, or import it into the project that this copy came from."
    ),
    "Mend the lines, or leave them out (--skip-broken).": message(
        "Mend the lines, or import it again and leave them out."
    ),
    "Mend the file; or take the first of several parents, and the top for a missing one (--mend).": message(
        "Mend the file."
    ),
    "Export a scheme with “rubricator scheme export” to see how one looks.": message(
        "“Export scheme…” in the menu “Scheme” shows how one looks."
    ),
    # what goes out
    "Name one with --annotator: {names}.": message("Choose one under “Layers”: {names}."),
    "Export it in parts: with --split, or by annotator or status.": message(
        "Export it in parts, or by layers or articles."
    ),
    "Make the packet for a person; “--gold” puts in what was decided about what they finished.": message(
        "Make the packet for a person; what was decided about what they finished can go into it."
    ),
    # projects
    "Choose another name, or open it with “rubricator open”.": message("Choose another name, or open it."),
    "Make one with “rubricator new {file}”, or look for it elsewhere.": message(
        "Make a new one, or look for it elsewhere."
    ),
    "Go back to a backup. “rubricator check --full” lists all that is wrong.": message("Go back to a backup."),
    "“rubricator snapshot” takes one.": message("“Take a snapshot…” in the menu “File” takes one."),
}
"""By what the core says: what the window says in its place. Options and commands are nothing to follow in it."""


def hint_of(error: UserError) -> str:
    """Say what to do about an error, in words of the window."""
    hint = error.hint
    if isinstance(hint, Message) and hint.text in HERE:
        hint = HERE[hint.text]._replace(values=hint.values)
    return say(hint)


def whole(error: UserError) -> str:
    """Say in one line what happened, and what to do about it."""
    return f"{say(error.text)} {hint_of(error)}".strip()
