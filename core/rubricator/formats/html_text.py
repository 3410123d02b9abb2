"""The plain text of a piece of HTML: its paragraphs, parted by blank lines; nothing is fetched and nothing is run."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_BLOCKS = frozenset(
    "address article aside blockquote body dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header"
    " hr html li main nav ol p pre section table tbody td tfoot th thead tr ul".split()
)
_SILENT = frozenset("script style head template noscript iframe object svg".split())
_SPACE = re.compile(r"[ \t\n\r\f]+")


def text_of_html(source: str) -> str:
    """Return the paragraphs of a piece of HTML, however broken it is."""
    reader = _Reader()
    # A tag that never ends would be looked at again and again by the parser of Python.
    reader.feed(source[: source.rfind(">") + 1])
    reader.close()
    reader.handle_data(source[source.rfind(">") + 1 :])
    return reader.text()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._paragraphs: list[str] = []
        self._line: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        """Begin a paragraph, a line, or what is not read."""
        if tag in _SILENT:
            self._silent += 1
        elif tag in _BLOCKS:
            self._end()
        elif tag == "br":
            self._line.append("\x00")

    def handle_startendtag(self, tag: str, attrs: object) -> None:
        """Take a tag that closes itself for one that holds nothing."""
        if tag not in _SILENT:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        """End a paragraph, or what is not read."""
        if tag in _SILENT:
            self._silent = max(self._silent - 1, 0)
        elif tag in _BLOCKS:
            self._end()

    def handle_data(self, data: str) -> None:
        """Take in words."""
        if not self._silent:
            self._line.append(data.replace("\x00", "\ufffd"))

    def _end(self) -> None:
        words = _SPACE.sub(" ", "".join(self._line))
        self._line.clear()
        lines = [line.strip(" ") for line in words.split("\x00")]
        paragraph = "\n".join(lines).strip("\n")
        if paragraph.strip():
            self._paragraphs.append(paragraph)

    def text(self) -> str:
        """Return the paragraphs."""
        self._end()
        return "\n\n".join(self._paragraphs)
