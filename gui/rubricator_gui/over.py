"""What opens over the article: the label picker, identical mentions, the menu. Each is loaded on use."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QPoint, QRect, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from rubricator.model.changes import Change
from rubricator.words import _, message
from rubricator_gui import actions
from rubricator_gui.panels.announce import announce
from rubricator_gui.reader.view import ReaderView
from rubricator_gui.relationhands import RelationHands
from rubricator_gui.session import Session
from rubricator_gui.wording import short_quote

if TYPE_CHECKING:
    from rubricator.model.entities import Entity
    from rubricator.model.scheme import Topic
    from rubricator.model.spans import Annotation, Span
    from rubricator_gui.findhands import FindHands
    from rubricator_gui.guides import Guides
    from rubricator_gui.panels.again import AgainPanel
    from rubricator_gui.panels.attribute_picker import AttributePicker
    from rubricator_gui.panels.entity_picker import EntityPicker, MergePicker
    from rubricator_gui.panels.evidence_picker import EvidencePicker
    from rubricator_gui.panels.mine import MinePanel
    from rubricator_gui.panels.picker import LabelPicker
    from rubricator_gui.panels.spancard import SpanCard
    from rubricator_gui.reader.hover import Under


_COUNT_AFTER = 300
"""Milliseconds after an edit: who works fast is not counted for at every key."""


class Over(QObject):
    """Opens them for the reader and for the actions of the window."""

    counted = Signal(object)
    """How much there is to look at again."""

    def __init__(
        self,
        session: Session,
        reader: ReaderView,
        column: QVBoxLayout,
        window_actions: Mapping[str, QAction],
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._session = session
        self._reader = reader
        self._column = column
        self._actions = window_actions
        self._window = window
        self.relations = RelationHands(session, reader, window)
        self._second = False
        """Whether the label that is picked is a second one."""
        self._counting = QTimer(self)
        self._counting.setSingleShot(True)
        self._counting.setInterval(_COUNT_AFTER)
        self._counting.timeout.connect(self._count)
        session.changed.connect(self.count_again)
        session.opened.connect(self._counting.start)
        reader.keyboard.label_wanted.connect(self.pick_label)
        reader.keyboard.attribute_wanted.connect(self.pick_attribute)
        reader.confirm_wanted.connect(self._confirm_come)
        reader.menu_wanted.connect(self.show_menu)
        reader.keyboard.everywhere_wanted.connect(self.everywhere)
        reader.hover.rested.connect(self._show_card)
        reader.hover.gone.connect(self._hide_card)

    @cached_property
    def guides(self) -> Guides:
        """What shows guidelines, and keeps examples."""
        from rubricator_gui.guides import Guides

        return Guides(self._session, self._reader, self._window)

    @cached_property
    def finding(self) -> FindHands:
        """What finds words in the article, and labels what is found."""
        from rubricator_gui.findhands import FindHands

        return FindHands(self._session, self._reader, self._column, self)

    @cached_property
    def again(self) -> AgainPanel:
        """The panel under the article that lists what to look at again."""
        from rubricator_gui.panels.again import AgainPanel

        made = AgainPanel(self._session)
        made.left.connect(self._reader.setFocus)
        made.asking.connect(self.pick_attribute)
        self.attribute_picker.closed.connect(made.answered)
        made.key_wanted.connect(self._press_in_text)
        made.shown.connect(self._actions["again"].setChecked)
        self._column.addWidget(made)
        return made

    def _confirm_come(self) -> None:
        """Confirm what one just came to from the list."""
        self.again.confirm_come()

    def _press_in_text(self, event: QKeyEvent) -> None:
        """Have a key do what it does in the article."""
        QCoreApplication.sendEvent(self._reader, event)

    @cached_property
    def mine(self) -> MinePanel:
        """The panel under the article that lists what the review changed in one's own work."""
        from rubricator_gui.panels.mine import MinePanel

        made = MinePanel(self._session)
        made.left.connect(self._reader.setFocus)
        made.shown.connect(self._actions["review-mine"].setChecked)
        self._column.addWidget(made)
        return made

    def show_mine(self) -> None:
        """Open what the review changed in one's own work, or close it."""
        self.mine.toggle()

    def count_again(self, change: Change | None = None) -> None:
        """Say in a moment how much there is to look at again; what cannot have changed it is passed over."""
        parts = change and (change.annotations or change.relations)
        if change is None or parts or change.scheme or change.everything or change.listing:
            self._counting.start()

    def _count(self) -> None:
        self.counted.emit(self._session.worklist.count())

    @cached_property
    def card(self) -> SpanCard:
        """The card that tells every span at a place."""
        from rubricator_gui.panels.spancard import SpanCard

        return SpanCard(self._session, self._window)

    def _show_card(self, under: Under) -> None:
        self.card.show_under(under)

    def _hide_card(self) -> None:
        self.card.hide()

    def show_here(self) -> None:
        """Show every span at what is chosen, or at the caret; a screen reader says it."""
        under = self._reader.hover.here()
        if under is None:
            self._session.tell(_("No annotation stands here."))
            return
        self.card.show_under(under, asked=True)
        announce(self._reader, self.card.words)

    @cached_property
    def picker(self) -> LabelPicker:
        """The list of labels that opens at the selection."""
        from rubricator_gui.panels.picker import LabelPicker

        made = LabelPicker(self._session, self._window)
        made.picked.connect(self._picked)
        made.closed.connect(self._reader.setFocus)
        return made

    def pick_label(self, everywhere: bool = False) -> None:
        """Have a label picked for the selection, or another one for the chosen annotation or suggestion."""
        self._reader.borders.settle()
        session = self._session
        current = session.shown(session.current)
        if everywhere and current is None and session.selection is None:
            current = session.labelled_last
        span = session.selection or (current.span if current is not None else None)
        if span is None or (everywhere and not self._has_mentions(span)):
            return
        self._second = False
        near = self._reader.on_screen(span)
        if session.selection is not None or current is None:
            suggested = next((offer.label for offer in session.offers if offer.span == span), "")
            self.picker.ask(near, everywhere=everywhere, likely=(suggested, _("suggested")))
        elif everywhere:  # mostly the rest of the same words is to get the same label
            why = _("suggested") if session.offered is not None else _("its label")
            self.picker.ask(near, everywhere=True, likely=(current.label, why))
        elif session.offered is not None:
            self.picker.ask(near, likely=(current.label, _("suggested")), alone=True)
        else:
            self.picker.ask(near, without=current.label)

    def _has_mentions(self, span: Span) -> bool:
        """Say whether words may have identical mentions, and tell why not: before a label is picked for nothing."""
        from rubricator_gui.panels.mentions import why_no_mentions

        if why := why_no_mentions(self._session.text, span):
            self._session.tell(why)
        return not why

    def pick_everywhere(self) -> None:
        """Have a label picked for all mentions of what is selected, chosen, suggested or was just labelled."""
        self.pick_label(everywhere=True)

    def pick_second(self) -> None:
        """Have a second label picked for the chosen annotation."""
        chosen = self._session.chosen_annotation
        if chosen is not None:
            self._second = True
            self.picker.ask(self._reader.on_screen(chosen.span), without=chosen.label, alone=True, second=True)

    def move_borders(self) -> None:
        """Have the arrows move the borders of the selection, or of the chosen annotation."""
        self._reader.setFocus()
        self._reader.borders.begin()

    @cached_property
    def entity_picker(self) -> EntityPicker:
        """The list of entities that opens at the chosen annotation."""
        from rubricator_gui.panels.entity_picker import EntityPicker

        made = EntityPicker(self._session, self._window)
        made.picked.connect(self._link)
        made.closed.connect(self._reader.setFocus)
        return made

    @cached_property
    def attribute_picker(self) -> AttributePicker:
        """The list of values that opens at the chosen annotation."""
        from rubricator_gui.panels.attribute_picker import AttributePicker

        made = AttributePicker(self._session, self._window)
        made.closed.connect(self._reader.setFocus)
        return made

    def pick_attribute(self, only: str = "") -> None:
        """Have the attributes of the chosen annotation said, or `only` one of them."""
        chosen = self._session.chosen_annotation
        if chosen is None:
            return
        if self._session.attributes.offered:
            self.attribute_picker.ask(self._reader.on_screen(chosen.span), only)
        else:
            words = message(
                "The scheme has no attributes for {label}. Scheme › Edit scheme… adds one.",
                label=self._session.title(chosen.label),
            )
            self._session.tell(words, idle=True)

    def say_lacking(self) -> None:
        """Go to the first annotation that does not say what the scheme demands, and have it said."""
        from rubricator.model.rules import unsaid  # a window opens without them

        session = self._session
        spans = ((one, unsaid(one, session.scheme)) for one in session.spans)
        first = next(((one, lacking[0].name) for one, lacking in spans if lacking), None)
        if first is not None:
            session.choose(first[0].id)
            self.pick_attribute(first[1])

    def comment(self) -> None:
        """Show the comments on the chosen annotation, and have one written."""
        from rubricator_gui.dialogs import parts
        from rubricator_gui.dialogs.comments import CommentDialog, OnAnnotation

        chosen = self._session.chosen_annotation
        if chosen is not None:
            dialog = CommentDialog(self._session, OnAnnotation(self._session, chosen), self._window)
            parts.put_beside(dialog, self._reader.kept_clear(chosen.span))
            dialog.exec()
            dialog.deleteLater()
            self._reader.setFocus()

    @cached_property
    def evidence_picker(self) -> EvidencePicker:
        """The list of topics that opens at the chosen annotation."""
        from rubricator_gui.panels.evidence_picker import EvidencePicker

        made = EvidencePicker(self._session, self._window)
        made.closed.connect(self._reader.setFocus)
        return made

    def pick_evidence(self) -> None:
        """Have it said which topic what is held is evidence for."""
        held = self._session.topics.held
        if held:
            self.evidence_picker.ask(self._reader.on_screen(held[0].span))
        else:
            self._session.tell(
                _("Label these words first: evidence for a topic is an annotation."), warns=True, idle=True
            )

    def topic_note(self, code: str) -> None:
        """Have a note written on a topic of the article."""
        tag = self._session.topics.tag(code)
        if tag is not None:
            words = _("Why the article has this topic, or what is to be looked at again:")
            from rubricator_gui.dialogs import ask

            note = ask.note(self._window, self._session.topic_name(code), words, tag.note)
            if note is not None:
                self._session.topics.write_note(code, tag.note, note)

    def show_topic(self, code: str) -> None:
        """Show name, place and meaning of a topic of the tree."""
        topic = self._session.scheme.topics_by_code.get(code)
        if topic is not None:
            self._topic_dialog(topic)

    def new_topic(self, below: str = "") -> None:
        """Have a topic put into the tree."""
        self._topic_dialog(None, below)

    def _topic_dialog(self, topic: Topic | None, below: str = "") -> None:
        from rubricator_gui.dialogs.topic import TopicDialog

        dialog = TopicDialog(self._session, topic, below, self._window)
        dialog.exec()
        dialog.deleteLater()

    def pick_entity(self) -> None:
        """Have it said which entity the chosen annotation means."""
        chosen = self._session.chosen_annotation
        if chosen is not None:
            self.entity_picker.ask(self._reader.on_screen(chosen.span), chosen)

    def _link(self, entity: Entity | str, annotations: list[Annotation], external: str) -> None:
        self._session.linking.choose_entity(annotations, entity, external)

    def show_entity(self, entity: Entity) -> None:
        """Show the details of an entity."""
        from rubricator_gui.dialogs.entity import EntityDialog

        dialog = EntityDialog(self._session, entity, self._window)
        dialog.exec()
        dialog.deleteLater()

    def put_together(self, entity: Entity, near: QRect) -> None:
        """Have an entity put together with another one, which is picked below a place on the screen."""
        self.merge_picker.ask(near, entity)

    @cached_property
    def merge_picker(self) -> MergePicker:
        """The list of entities with which another one is put together."""
        from rubricator_gui.panels.entity_picker import MergePicker

        made = MergePicker(self._session, self._window)
        made.picked.connect(self._put_together)
        return made

    def _put_together(self, other: Entity) -> None:
        from rubricator_gui.dialogs.together import put_together

        if self.merge_picker.entity is not None:
            put_together(self._session, self.merge_picker.entity, other, self._window)

    def show_twins(self) -> None:
        """Show the entities that may be the same."""
        from rubricator_gui.dialogs.twins import TwinsDialog

        dialog = TwinsDialog(self._session, self._window)
        dialog.exec()
        dialog.deleteLater()

    def everywhere(self, label: str) -> None:
        """Have all identical mentions of the selection, or of the chosen annotation, looked over and changed."""
        from rubricator_gui.panels.mentions import MentionDialog, question_of

        asked = question_of(self._session, label)
        if asked is not None:
            dialog = MentionDialog(self._session, *asked, parent=self._window)
            dialog.exec()
            dialog.deleteLater()  # its parent would keep it as long as the window stands

    def _picked(self, name: str, everywhere: bool) -> None:
        if everywhere:
            self.everywhere(name)
        elif self._second:
            self._session.labelling.label_again(name)
        else:
            self._session.labelling.press(name)

    def show_menu(self, place: QPoint, ids: list[str]) -> None:
        """Open the menu of the article; it is the way to each of several annotations at one place, too.

        What is held comes first, by its name, and what can be done with it.
        """
        from rubricator_gui.panels import menus

        menu = menus.made("articleMenu", self._window)
        session = self._session
        if (held := session.shown(session.current)) is not None:
            named, offered = self._named(held), session.offered is not None
            words = message("{label}? “{quote}”", **named) if offered else message("{label} “{quote}”", **named)
            menus.head(menu, words)
            menus.fill(menu, ("accept", "reject", "") if offered else (), self._actions)
        meant = session.meant
        says = meant is not None and session.scheme.attributes_of(meant.label)
        names = [name for name in actions.ARTICLE_MENU if says or name != "attributes"]
        first = names.index("") + 1
        menus.fill(menu, names[:first], self._actions)
        for other in map(session.spans.get, ids):
            if other is not None and other.id != session.chosen:
                words = message("Choose {label} “{quote}”", **self._named(other))
                menus.put(menu, words, partial(session.choose, other.id))
        menu.addSeparator()
        menus.fill(menu, names[first:], self._actions)
        menu.popup(place)

    def _named(self, annotation: Annotation) -> dict[str, str]:
        quote = annotation.span.quote(self._session.text)  # an offer has none of its own
        return {"label": self._session.title(annotation.label), "quote": short_quote(quote)}

    def show_list_menu(self, place: QPoint) -> None:
        """Open the menu of the article in the list of articles."""
        from rubricator_gui.panels import menus

        menu = menus.made("articleListMenu", self._window)
        menus.fill(menu, actions.LIST_MENU, self._actions)
        menu.popup(place)
