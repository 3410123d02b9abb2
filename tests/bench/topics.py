"""How long the panel of topics takes with as many as IPTC has (1,084), and a search in them for each letter."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import corpus
from PySide6.QtWidgets import QApplication
from table import Row, median_ms, under

from rubricator.model.scheme import Scheme, Topic
from rubricator.model.topic_search import TopicFinder
from rubricator_gui.panels.topic_model import TopicModel
from rubricator_gui.panels.topic_tree import TopicTree

_FRAME = 16
_WORDS = corpus.text_of(60_000).replace("\n", " ").split()


def rows(_folder: Path) -> Iterator[Row]:
    """Yield the figures of the topics."""
    QApplication.instance() or QApplication([])
    topics = [_topic(n) for n in range(1084)]
    scheme = Scheme(topics=tuple(topics))
    tree = TopicTree()
    model = TopicModel(tree)
    tree.setModel(model)
    tree.resize(332, 400)
    tree.show()
    finder = TopicFinder(scheme)
    finder.get_ready()

    def whole() -> None:
        model.show_tree(scheme, TopicFinder(scheme))
        tree.grab()

    yield under("topics, the tree of 1,084 shown and painted", median_ms(whole, 21), _FRAME)
    word = next(word for word in _WORDS if len(word) > 6).lower()
    for n in (1, 2, 3, 6):
        typed = word[:n]
        found, retired = finder.find(typed), finder.find_retired(typed)
        ours = median_ms(partial(finder.find, typed), 21) + median_ms(
            partial(model.show_found, scheme, found, retired), 21
        )
        yield under(f"topics, a search for {n} letters", ours, _FRAME / 2)
        yield under(f"topics, what {n} letters found painted ({len(found)} hits)", median_ms(tree.grab, 21), _FRAME)
    tree.deleteLater()


def _topic(n: int) -> Topic:
    words = _WORDS[n * 7 : n * 7 + 30]
    return Topic(
        f"t:{n}",
        " ".join(words[:3]).lower(),
        " ".join(words),
        f"t:{n // 5}" if n > 16 else "",
        synonyms=tuple(words[3:5]),
    )
