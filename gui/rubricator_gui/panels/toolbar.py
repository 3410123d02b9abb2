"""The toolbar: actions at the left, which a mode may change, views at the right, and the main button at the end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QMouseEvent
from PySide6.QtWidgets import QApplication, QMenu, QPushButton, QSizePolicy, QToolBar, QToolButton, QWidget

from rubricator.words import _
from rubricator_gui import actions, theme


class _MainButton(QPushButton):
    """Of which a double click is one click, and a third one too: it would be done to the next article."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self._second = -1000
        """When the second press of a double click came, in milliseconds."""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Leave the third press alone: Qt takes it for a first one."""
        if event.timestamp() - self._second > QApplication.doubleClickInterval():
            super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Leave the second press alone."""
        self._second = event.timestamp()
        event.accept()


class Toolbar(QToolBar):
    """Shows actions of the window; it cannot be moved."""

    def __init__(self, made: Mapping[str, QAction]) -> None:
        super().__init__(_("Toolbar"))
        self.setObjectName("toolbar")
        self.setMovable(False)
        self._made = made
        self._wordy = True
        self._stressed = True
        u = theme.unit()
        self.setIconSize(QSize(round(4.5 * u), round(4.5 * u)))
        self.setMinimumHeight(10 * u)
        gap = QWidget()
        gap.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._gap = self.addWidget(gap)
        self.fill(actions.TOOLBAR)
        self._add_text_button()
        for name in actions.TOOLBAR_RIGHT:
            self.addAction(made[name])
        self.finish = _MainButton(_("Finish and go on"))
        self.finish.setObjectName("finish")
        self.finish.setMinimumHeight(7 * u)
        self.finish.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.finish.setMinimumWidth(self.finish.sizeHint().width())  # with fewer words nothing beside it moves
        self.finish.clicked.connect(made["finish"].trigger)
        self.addSeparator()
        self.addWidget(self.finish)

    @cached_property
    def text_menu(self) -> QMenu:
        """What is done about the size of the text, and how far its lines stand apart; in its button from now on."""
        menu = QMenu(self)
        menu.setObjectName("textMenu")
        for name in actions.TOOLBAR_TEXT:
            if name:
                menu.addAction(self._made[name])
            else:
                menu.addSeparator()
        self._text.setMenu(menu)
        return menu

    def _add_text_button(self) -> None:
        """Put the button there that opens the menu, which is made once the window is painted."""
        words = _("Text size and lines")
        self._text = QAction(words, self)
        self.addAction(self._text)
        button = self.widgetForAction(self._text)
        assert isinstance(button, QToolButton)
        button.setObjectName("textSize")
        button.setAccessibleName(words)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def fill(self, names: Sequence[str]) -> None:
        """Put other actions at the left; an empty name is a line between two."""
        before = self.actions()
        for action in before[: before.index(self._gap)]:
            self.removeAction(action)
            if action.isSeparator():
                action.deleteLater()
        for name in names:
            if name:
                self.insertAction(self._gap, self._made[name])
            else:
                self.insertSeparator(self._gap)
        self.word(self._wordy)

    def word(self, words: bool) -> None:
        """Have words beside some icons while there is room for them."""
        self._wordy = words
        style = Qt.ToolButtonStyle.ToolButtonTextBesideIcon if words else Qt.ToolButtonStyle.ToolButtonIconOnly
        for name, word in actions.TOOLBAR_WORDS.items():
            button = self.widgetForAction(self._made[name])
            if isinstance(button, QToolButton):
                button.setToolButtonStyle(style)
                self._made[name].setIconText(_(word))

    def dress(self) -> None:
        """Take on the present palette."""
        actions.dress(self._made, theme.icon, toolbar=True)
        self._text.setIcon(theme.icon("text-size"))
        self._dress_main()

    def _dress_main(self) -> None:
        look = theme.theme_of(QApplication.palette())
        self.finish.setPalette(theme.main_button_palette(look) if self._stressed else look.palette)

    def stress(self, stressed: bool) -> None:
        """Have the main button look like one, or like words alone where there is nothing to do; its place stays."""
        if stressed != self._stressed:
            self._stressed = stressed
            self.finish.setFlat(not stressed)
            self._dress_main()
