"""The one table of everything a person can do: its id, words, keys, icon, menu, and when it can be done.

Menus, toolbar, tooltips, the sheet of keys and the command palette come from it; the window gives each id its hand.
The keys that stand here are the defaults; those in force are keymap.py's, which lays presets and a person's own over
them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup, QIcon, QKeySequence

from rubricator.words import _


class Row(NamedTuple):
    """One action; `when` names its condition (Session.can), `tool` its words in the toolbar (empty: icon only)."""

    id: str
    words: str
    menu: str
    keys: tuple[str, ...] = ()
    icon: str = ""
    when: str = "always"
    tip: str = ""
    checkable: bool = False
    separator: bool = False
    """A line stands above it in its menu."""
    mac: tuple[str, ...] | None = None
    """Its keys on a Mac, where they differ: `Ctrl` is the Command key there."""


MENUS = (
    ("file", "&File"),
    ("edit", "&Edit"),
    ("article", "&Article"),
    ("label", "&Label"),
    ("scheme", "&Scheme"),
    ("view", "&View"),
    ("review", "&Review"),
    ("help", "&Help"),
)

ACTIONS = (
    Row("new", "New project…", "file", ("Ctrl+N",), "new"),
    Row("open", "Open project…", "file", ("Ctrl+O",), "open"),
    Row("sample", "Try the sample", "file"),
    Row("import", "Import articles…", "file", ("Ctrl+I",), "import", "project", separator=True),
    Row("export", "Export…", "file", ("Ctrl+E",), "export", "project"),
    Row("snapshot", "Take a snapshot…", "file", (), "", "project"),
    Row("snapshots", "Snapshots…", "file", (), "", "project"),
    Row("pack", "Make a packet…", "file", (), "", "project", separator=True),
    Row("merge", "Take work in…", "file", (), "", "project"),
    Row("print", "Print the article…", "file", ("Ctrl+P",), "", "article", separator=True),
    Row("pdf", "Save the article as PDF…", "file", (), "", "article"),
    Row("close", "Close project", "file", ("Ctrl+W",), "", "project", separator=True),
    Row("quit", "Quit", "file", ("Ctrl+Q",)),
    Row("undo", "Undo", "edit", ("Ctrl+Z",), "undo", "undo"),
    Row("redo", "Redo", "edit", ("Ctrl+Shift+Z", "Ctrl+Y"), "redo", "redo", mac=("Ctrl+Shift+Z",)),
    Row("copy", "Copy", "edit", ("Ctrl+C",), "", "in-hand", separator=True),
    Row("delete", "Delete annotation", "edit", (), "delete", "chosen", tip="Delete"),
    Row("note", "Write a note…", "edit", (), "", "chosen", tip="Enter"),
    Row("comment", "Comment…", "edit", ("Ctrl+M",), "comment", "commenting", mac=("Ctrl+Shift+M",)),
    Row("find", "Find in the article…", "edit", ("Ctrl+F",), "search", "article", separator=True),
    Row("find-next", "Next hit", "edit", ("F3",), "", "article", mac=("Ctrl+G",)),
    Row("find-previous", "Previous hit", "edit", ("Shift+F3",), "", "article", mac=("Ctrl+Shift+G",)),
    Row("twins", "Entities that may be the same…", "edit", (), "", "project", separator=True),
    Row("who", "Who am I (my name)…", "edit", (), "person", separator=True),
    Row("previous", "Previous article", "article", ("Ctrl+PgUp",), "previous", "article"),
    Row("next", "Next article", "article", ("Ctrl+PgDown",), "next", "article"),
    Row("finish", "Finish and go on", "article", ("Ctrl+Return",), "status-done", "article", separator=True),
    Row("skip", "Skip", "article", ("Ctrl+J",), "status-skipped", "article"),
    Row("flag", "Flag", "article", ("Ctrl+B",), "flag", "article", checkable=True),
    Row("reopen", "Work on it again", "article", (), "status-doing", "finished"),
    Row("filter-articles", "Filter the articles", "article", ("Ctrl+Shift+F",), "", "project", separator=True),
    Row("find-topic", "Find a topic", "article", ("Ctrl+T",), "topics", "article"),
    Row("remove", "Take the article out", "article", (), "delete", "article", separator=True),
    Row("next-span", "Next annotation or suggestion", "label", (), "", "article", tip="Tab"),
    Row("previous-span", "Previous annotation or suggestion", "label", (), "", "article", tip="Shift+Tab"),
    Row("stacked", "Next at the same place", "label", (), "", "chosen", tip="."),
    Row("pick-label", "Pick a label…", "label", (), "", "labelling", tip="Enter"),
    Row("everywhere", "Label all identical mentions…", "label", (), "", "in-hand", tip="Shift+Enter"),
    Row("second-label", "Add a second label…", "label", ("Ctrl+D",), "", "chosen"),
    Row("borders", "Move the borders", "label", (), "", "labelling", tip="F2"),
    Row("find-annotation", "Find an annotation", "label", ("Ctrl+Shift+S",), "", "article"),
    Row("here", "What stands here", "label", ("Shift+F1",), "", "article"),
    Row("last-label", "The last label again", "label", ("F4",), "", "article", mac=("Ctrl+Shift+L",)),
    Row("attributes", "Attributes…", "label", ("Ctrl+R",), "", "chosen", separator=True),
    Row("link", "Link to an entity…", "label", ("Ctrl+U",), "", "chosen"),
    Row("unlink", "Take the link off", "label", (), "", "linked"),
    Row("relate", "Relate to another annotation…", "label", ("Ctrl+L",), "", "chosen"),
    Row("relations-of", "Relations…", "label", ("Ctrl+Shift+R",), "", "article"),
    Row("next-mention", "Next mention of the same", "label", ("F7",), "", "linked", mac=("Ctrl+Alt+N",)),
    Row("previous-mention", "Mention before it", "label", ("Shift+F7",), "", "linked", mac=("Ctrl+Alt+P",)),
    Row("evidence", "Evidence for a topic…", "label", ("Ctrl+Shift+T",), "", "held", separator=True),
    Row("next-evidence", "Next evidence", "label", ("Shift+F4",), "", "article", mac=("Ctrl+Alt+E",)),
    Row("exact", "Exact characters", "label", (), "", "selected"),
    Row("accept", "Accept the suggestion", "label", (), "", "offered", tip="Space", separator=True),
    Row("reject", "Reject the suggestion", "label", (), "", "offered", tip="Delete"),
    Row("next-offer", "Next suggestion", "label", ("Ctrl+Shift+N",), "", "offers"),
    Row("accept-visible", "Accept the suggestions on the screen", "label", ("Ctrl+Shift+Return",), "", "offers"),
    Row("accept-all", "Accept all suggestions of the article", "label", (), "", "offers"),
    Row("edit-scheme", "Edit scheme…", "scheme", ("Ctrl+Shift+D",), "", "project"),
    Row("guideline", "Guideline of the label", "scheme", ("F1",), "help", "article", separator=True),
    Row("guidelines", "All guidelines", "scheme", ("Ctrl+F1",), "", "project", mac=("Ctrl+Alt+U",)),
    Row("example", "Keep as an example of the label", "scheme", ("Ctrl+Shift+K",), "", "in-hand"),
    Row("counter-example", "Keep as a counter-example", "scheme", ("Ctrl+Shift+J",), "", "in-hand"),
    Row("again", "What to look at again", "scheme", (), "", "project", checkable=True, separator=True),
    Row("again-next", "Next to look at again", "scheme", ("F5",), "", "project", mac=("Ctrl+Alt+G",)),
    Row(
        "again-confirm", "Confirm it, and look at the next", "scheme", ("Shift+F5",), "", "project", mac=("Ctrl+Alt+Y",)
    ),
    Row("import-scheme", "Import scheme…", "scheme", (), "", "project", separator=True),
    Row("export-scheme", "Export scheme…", "scheme", (), "", "project"),
    Row("import-topics", "Import topics…", "scheme", (), "", "project"),
    Row("import-words", "Import word list…", "scheme", (), "", "project"),
    Row("import-entities", "Import entities…", "scheme", (), "", "project"),
    Row("export-entities", "Export entities…", "scheme", (), "", "project"),
    Row("larger", "Larger text", "view", ("Ctrl++", "Ctrl+="), "text-size"),
    Row("smaller", "Smaller text", "view", ("Ctrl+-",)),
    Row("normal", "Usual size", "view", ("Ctrl+0",)),
    Row("wider", "Longer lines", "view", (), separator=True),
    Row("narrower", "Shorter lines", "view", ()),
    Row("close-lines", "Closer lines", "view", (), checkable=True),
    Row("numbers", "Line numbers", "view", (), checkable=True),
    Row("space", "Spaces and line breaks", "view", ("Ctrl+Shift+8",), checkable=True),
    Row("overview", "Overview beside the text", "view", checkable=True),
    Row("relations", "Relations as arcs", "view", ("Ctrl+Shift+L",), checkable=True, mac=("Ctrl+Alt+L",)),
    Row("suggestions", "Suggestions", "view", (), checkable=True),
    Row("light", "Light colours", "view", checkable=True, separator=True),
    Row("dark", "Dark colours", "view", checkable=True),
    Row("system", "Colours of the system", "view", checkable=True),
    Row("list", "Article list", "view", ("F9",), "side-list", checkable=True, separator=True, mac=("Ctrl+Alt+S",)),
    Row("panels", "Panels", "view", ("F10",), "side-panel", checkable=True, mac=("Ctrl+Alt+I",)),
    Row("history", "History", "view", ("Ctrl+H",), "history", "project", checkable=True, mac=("Ctrl+Y",)),
    Row("entities", "Entities", "view", ("Ctrl+Shift+E",), "", "project", checkable=True),
    Row("focus", "Only the article", "view", ("F11",), "focus", "project", checkable=True, mac=("Meta+Ctrl+F",)),
    Row("next-pane", "Next pane", "view", ("F6",), separator=True),
    Row("review", "Review this article", "review", ("F8",), "", "article", checkable=True, mac=("Ctrl+Alt+V",)),
    Row("review-1", "Accept A", "review", (), "accept-a", "layer-1", tip="1", separator=True),
    Row("review-2", "Accept B", "review", (), "accept-b", "layer-2", tip="2"),
    Row("review-3", "Accept C", "review", (), "accept-c", "layer-3", tip="3"),
    Row("review-4", "Accept D", "review", (), "accept-d", "layer-4", tip="4"),
    Row("review-merge", "Merge", "review", (), "identical", "deciding", tip="M"),
    Row("review-edit", "Edit…", "review", (), "label", "editing", tip="E"),
    Row("review-reject", "Reject all", "review", (), "close", "deciding", tip="R"),
    Row("review-defer", "Defer", "review", (), "status-skipped", "deciding", tip="D"),
    Row("review-again", "The same as before", "review", (), "", "decided-before", tip="S"),
    Row("review-reason", "Write why…", "review", (), "", "deciding", tip="Enter"),
    Row("review-refer", "Refer to the guideline", "review", (), "", "deciding", tip="G"),
    Row("review-all-1", "The whole group: accept A…", "review", (), "", "group", tip="Shift+1", separator=True),
    Row("review-all-2", "The whole group: accept B…", "review", (), "", "group", tip="Shift+2"),
    Row("review-all-3", "The whole group: accept C…", "review", (), "", "group-3", tip="Shift+3"),
    Row("review-all-4", "The whole group: accept D…", "review", (), "", "group-4", tip="Shift+4"),
    Row("review-all-merge", "The whole group: merge…", "review", (), "", "group", tip="Shift+M"),
    Row("review-all-reject", "The whole group: reject all…", "review", (), "", "group", tip="Shift+R"),
    Row("review-all-defer", "The whole group: defer…", "review", (), "", "group", tip="Shift+D"),
    Row("review-policy", "Settle by a policy…", "review", (), "", "reviewing"),
    Row("review-next", "Next difference", "review", (), "", "compared", tip="Tab", separator=True),
    Row("review-previous", "Previous difference", "review", (), "", "compared", tip="Shift+Tab"),
    Row("review-reopen", "Reopen the gold layer", "review", (), "", "locked", separator=True),
    Row("review-names", "Names of annotators", "review", (), "", "reviewing", checkable=True),
    Row("review-queue", "Compare the corpus again", "review", (), "", "reviewing"),
    Row(
        *("review-mine", "What the review changed in my work", "review", ("F12",), "", "article"),
        checkable=True,
        separator=True,
        mac=("Ctrl+Alt+W",),
    ),
    Row("agreement", "Agreement…", "review", ("Shift+F8",), "", "project", separator=True, mac=("Ctrl+Alt+K",)),
    Row("palette", "Command palette…", "help", ("Ctrl+K",), "search"),
    Row("keys", "Keys", "help", ("Ctrl+/",), "help"),
    Row("edit-keys", "Change keys…", "help", (), "settings"),
    Row("about", "About Rubricator", "help", separator=True),
)

TOOLBAR = ("list", "previous", "next", "", "undo", "redo", "", "comment", "find-topic", "history")
TOOLBAR_WORDS = {
    "comment": "Comment",
    "find-topic": "Topic",
    "history": "History",
    "review-1": "Accept A",
    "review-2": "Accept B",
    "review-merge": "Merge",
    "review-edit": "Edit",
    "review-reject": "Reject all",
    "review-defer": "Defer",
}
"""What stands beside the icon in the toolbar while there is room."""
TOOLBAR_RIGHT = ("focus", "panels")
TOOLBAR_TEXT = ("larger", "smaller", "normal", "", "wider", "narrower", "", "close-lines")
"""What the menu of the toolbar offers for the text."""
TOOLBAR_REVIEW = (
    *("list", "previous", "next", "", "undo", "redo", ""),
    *("review-1", "review-2", "review-merge", "review-edit", "review-reject", "review-defer"),
)
"""The toolbar while one reviews."""

IN_REVIEW = frozenset(
    (
        *("new", "open", "sample", "pack", "merge", "import", "export", "snapshot", "snapshots"),
        *("export-scheme", "export-entities"),
        *("close", "quit", "undo", "redo", "copy", "who", "previous", "next", "finish", "next-span", "previous-span"),
        *("larger", "smaller", "normal", "wider", "narrower", "close-lines", "numbers", "space"),
        *("light", "dark", "system"),
        *("list", "panels", "focus", "next-pane", "palette", "keys", "edit-keys", "about"),
        *("find", "find-next", "find-previous", "guideline", "guidelines", "relations", "comment"),
    )
)
"""What can be done while one reviews, beside the review's own."""


CHANGE_LABEL = "Change the label…"
"""What picking a label is called where an annotation or a suggestion is held, which has one."""


class ByEnter(NamedTuple):
    """What Enter means now, of the actions that it does: `without` it are these, and a label is picked as a change."""

    without: tuple[str, ...] = ()
    changes: bool = False


def make(parent: QObject) -> dict[str, QAction]:
    """Make a QAction for every row; `bind` gives keys, `dress` icons, `refresh` states, and the window hands."""
    made: dict[str, QAction] = {}
    for row in ACTIONS:
        action = QAction(_(row.words), parent)
        action.setObjectName(row.id)
        action.setCheckable(row.checkable)
        action.setAutoRepeat(row.id not in ONCE)
        made[row.id] = action
    colours = QActionGroup(parent)  # one of them holds: the menu shows it so
    for name in ("light", "dark", "system"):
        colours.addAction(made[name])
    return made


def bind(actions: Mapping[str, QAction], keys: Mapping[str, tuple[str, ...]]) -> None:
    """Give all actions their keys, and say the first of them in the tooltip; menus say keys of the article too."""
    for row in ACTIONS:
        actions[row.id].setShortcuts([QKeySequence(key) for key in with_twins(keys[row.id])])
        name(actions[row.id], row, keys[row.id])


def name(action: QAction, row: Row, keys: tuple[str, ...], words: str = "", *, tip: bool = True) -> None:
    """Name an action by its words, or by others, and its key; without `tip` the key of the article does not do it."""
    words, of_article = _(words or row.words), _(row.tip) if row.tip and tip else ""
    key = shown(keys[0]) if keys else of_article
    action.setToolTip(words.rstrip("…") + (f" ({key})" if key else ""))
    action.setText(words if keys or not key else f"{words}\t{key}")


def name_by_enter(actions: Mapping[str, QAction], keys: Mapping[str, tuple[str, ...]], now: ByEnter) -> None:
    """Name what Enter does in the article by what is held there: it means one thing at a time."""
    for row in ACTIONS:
        if row.id in ("note", "pick-label"):
            words = CHANGE_LABEL if row.id == "pick-label" and now.changes else ""
            name(actions[row.id], row, keys[row.id], words, tip=row.id not in now.without)


def plain(row: Row) -> str:
    """Return an action's words without the dots that a menu has."""
    return _(row.words).rstrip("…")


def with_twins(keys: Iterable[str]) -> Iterable[str]:
    """Yield keys, and before the large Enter key (Qt: Return) the one of the keypad: menus write the first."""
    for key in keys:
        if key.endswith("Return"):
            yield key.removesuffix("Return") + "Enter"
        yield key


def shown(key: str) -> str:
    """Return a key as this platform writes it, with the name that stands on it."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText).replace("Return", "Enter")


ARTICLE_MENU = (
    *("pick-label", "everywhere", "second-label", "borders", "guideline", "example", "counter-example", ""),
    *("attributes", "link", "relate", "note", "comment", "delete", ""),
    *("copy", "evidence", "find-topic", "", "undo", "redo"),
)
"""What the right button offers in the article."""

LIST_MENU = ("finish", "skip", "flag", "reopen", "", "remove")
"""What it offers in the list of articles."""

ONCE = frozenset(("finish", "skip"))
"""What a key that is held down does once: each time it is done to another article."""

ON_TOOLBAR = frozenset((*TOOLBAR, *TOOLBAR_RIGHT))


def dress(actions: Mapping[str, QAction], icon: Callable[[str], QIcon], *, toolbar: bool) -> None:
    """Give icons to the actions of the toolbar, or to the others, which can wait until a menu is opened.

    `icon` makes one by name, in the colours of the present palette.
    """
    for row in ACTIONS:
        if row.icon and (row.id in ON_TOOLBAR) == toolbar:
            actions[row.id].setIcon(icon(row.icon))


CONDITIONS = frozenset(row.when for row in ACTIONS)


def possible(can: Callable[[str], bool]) -> dict[str, bool]:
    """Ask which of the conditions under `when` hold now."""
    return {when: can(when) for when in CONDITIONS}


def refresh(actions: Mapping[str, QAction], now: Mapping[str, bool], was: Mapping[str, bool]) -> None:
    """Enable what can be done now and could not before, as `possible` found it, and the other way round."""
    for row in ACTIONS:
        if now[row.when] != was.get(row.when):
            actions[row.id].setEnabled(now[row.when])


def only_review(actions: Mapping[str, QAction]) -> None:
    """Disable what is about one's own layer: while one reviews it is not seen."""
    for row in ACTIONS:
        if row.id == "review-mine" or (row.menu != "review" and row.id not in IN_REVIEW):
            actions[row.id].setEnabled(False)


_WHY_NOT = {
    "project": "no project is open",
    "article": "no article is shown",
    "selected": "nothing is selected",
    "chosen": "no annotation is chosen",
    "commenting": "no annotation is chosen",
    "labelling": "neither words nor an annotation are chosen",
    "held": "neither words nor an annotation are chosen",
    "in-hand": "neither words nor an annotation are chosen",
    "finished": "the article is not finished",
    "offered": "no suggestion was walked to",
    "offers": "nothing is suggested",
    "linked": "no annotation that links to an entity is chosen",
    "reviewing": "only in the review",
    "compared": "only in the review, where there are several differences",
    "deciding": "no difference is to be decided",
    "editing": "no annotation is to be decided",
    "decided-before": "nothing was decided before on these words",
    "layer-1": "there is no such layer",
    "layer-2": "there is no such layer",
    "layer-3": "there is no such layer",
    "layer-4": "there is no such layer",
    "group": "no difference of a group is open",
    "group-3": "there is no such layer",
    "group-4": "there is no such layer",
    "locked": "the gold layer is not locked",
    "undo": "nothing to undo",
    "redo": "nothing to redo",
}


def why_not(row: Row, can: Callable[[str], bool]) -> str:
    """Say why an action that cannot be done now cannot be; `can` tells whether its condition holds."""
    return _("not while one reviews") if can(row.when) else _(_WHY_NOT.get(row.when, "not now"))


def refused(made: Mapping[str, QAction], pressed: QKeySequence) -> Row | None:
    """Return the action of a key that cannot be done now; None where it could be, or the key has none.

    Qt passes such a key on as if it meant nothing.
    """
    return next((row for row in ACTIONS if not made[row.id].isEnabled() and pressed in made[row.id].shortcuts()), None)
