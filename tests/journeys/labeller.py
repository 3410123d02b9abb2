"""A person at the window in a process of its own, to be killed: `python labeller.py PROJECT seed|words`.

Each edit is told on the standard output after it was made and before the next one begins; then comes "done", and the
window stands idle.

`seed` labels the seed article as issue 2 asks for; `words` labels one word after the other.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

from PySide6.QtTest import QTest

from rubricator_gui import app
from rubricator_gui.hand import Hand

COUNTRIES = (
    "Azerbaijan", "Armenia", "Belarus", "Kazakhstan", "Kyrgyzstan", "Moldova", "Russia", "Tajikistan", "Uzbekistan",
)  # fmt: skip
BROKEN = "S.\n\nLebedev"
INNER = "Security Council of the CIS member states"
OUTER = f"Secretaries of the {INNER}"
TOPICS = ("international relations", "armed conflict", "economy")


class Person:
    """Somebody who labels and says so."""

    def __init__(self, project: Path) -> None:
        self.hand = Hand(app.build(project))
        self.hand.show(1400, 900)
        self.session = self.hand.window.session
        self.known: set[str] = set()

    def at(self, words: str, after: int = 0) -> tuple[int, int]:
        """Return where words stand in the article."""
        start = self.session.text.index(words, after)
        return start, start + len(words)

    def acknowledge(self) -> None:
        """Tell what is new in the window."""
        for annotation in self.session.spans:
            if annotation.id not in self.known:
                self.known.add(annotation.id)
                self.tell("annotation", annotation.id, annotation.label, annotation.quote)
        for tag in self.session.tags:
            if tag.id not in self.known:
                self.known.add(tag.id)
                self.tell("topic", tag.id, tag.topic, self.session.topic_name(tag.topic))

    def tell(self, *words: str) -> None:
        """Say something to whoever started this."""
        sys.stdout.write(json.dumps(words) + "\n")
        sys.stdout.flush()

    def label_the_seed(self) -> None:
        """Do what issue 2 asks for: the broken name, the nested organisations, the list of countries, three topics."""
        hand = self.hand
        start, end = self.at(BROKEN)
        hand.drag(start, end)
        hand.keys("1")
        self.acknowledge()
        body = self.at(OUTER, self.session.text.index("Ashgabat ("))
        for start, end in (body, self.at(INNER, body[0])):
            hand.drag(start, end)
            hand.keys("2")
            self.acknowledge()
        after = self.at(COUNTRIES[0])[0]
        hand.keys("Esc", "3")
        for country in COUNTRIES[:-2]:
            start, end = self.at(country, after)
            hand.double_click((start + end) // 2)
            self.acknowledge()
        hand.keys("Esc")
        for country in COUNTRIES[-2:]:
            start, end = self.at(country, after)
            hand.drag(start + 1, end - 1)
            hand.keys("3")
            self.acknowledge()
        for words in TOPICS:
            hand.keys("Ctrl+T")
            hand.type(words)
            hand.keys("Return")
            self.acknowledge()
        hand.reader.setFocus()

    def label_words(self) -> None:
        """Label one word after the other, as fast as the window takes it."""
        for n, word in enumerate(re.finditer(r"[^\W\d]{5,}", self.session.text)):
            self.hand.drag(word.start(), word.end())
            self.hand.keys(str(1 + n % 9))
            self.acknowledge()


def main() -> None:
    """Work, say so, and wait for what comes."""
    person = Person(Path(sys.argv[1]))
    {"seed": person.label_the_seed, "words": person.label_words}[sys.argv[2]]()
    person.tell("done")
    while True:
        QTest.qWait(1000)


if __name__ == "__main__":
    main()
