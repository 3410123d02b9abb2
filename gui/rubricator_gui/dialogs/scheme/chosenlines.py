"""Which lines of a field are chosen, through whatever is typed there: retyped, moved, cut and pasted, taken back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce
from itertools import takewhile
from typing import NamedTuple


class _Pick(NamedTuple):
    texts: tuple[str, ...]
    """What the line said since it was chosen, the present last."""
    line: int | None
    """Where it stands; None where it was taken away."""

    @property
    def called(self) -> str:
        """What it says, or said before it was erased: of that a part is left, or nothing."""
        return reduce(lambda name, text: name if text in name else text, self.texts)

    @property
    def known(self) -> set[str]:
        """What it is known by once it comes back."""
        return {self.called, self.texts[-1]} - {""}


class ChosenLines:
    """The lines of a field, one value in each, and those that are chosen: these are followed, not what they say."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._picks: list[_Pick] = []

    def choose(self, values: Iterable[str]) -> None:
        """Have these values chosen, and no other; of two lines that say the same, the one that was chosen stays so."""
        wanted = list(values)
        kept = {pick: value for pick in self._picks if (value := self._value(pick)) in wanted}
        new = [_Pick((one,), _first({one}, self._lines)) for one in wanted if one not in kept.values()]
        self._picks = [*kept, *new]

    def tick(self, values: Iterable[str]) -> None:
        """Have these of the values that stand there chosen; what is being retyped stays so."""
        waiting = [pick for pick in self._picks if not self._value(pick)]
        self.choose(values)
        self._picks += waiting

    def follow(self, lines: Sequence[str]) -> None:
        """Take in what stands there now, after one change; what was taken away is chosen again once it comes back."""
        was, self._lines = self._lines, list(lines)
        if was == self._lines:
            return
        now, parts = _moved(was, lines)
        # a letter after the other makes no value of what was another one: only a line that came whole is it again
        stood = {now[n] for n in now if was[n] and (len(was) == len(lines) or was[n] == lines[now[n]])}
        come = ["" if n in stood else line for n, line in enumerate(lines)]
        self._picks = [self._followed(pick, now, parts, come) for pick in self._picks]

    def _followed(self, pick: _Pick, now: dict[int, int], parts: Sequence[int], come: Sequence[str]) -> _Pick:
        line = None if pick.line is None else now.get(pick.line)
        if line in parts:  # it was parted: it is the part that it was before something was joined to it
            line = next((n for text in reversed(pick.texts) for n in parts if self._lines[n] == text), line)
        if line is None:
            line = _first(pick.known, come)
        if line is None:
            return pick._replace(line=None)
        says = self._lines[line]
        return _Pick(pick.texts if says == pick.texts[-1] else (*pick.texts, says), line)

    @property
    def values(self) -> list[str]:
        """What the chosen lines say, in their order."""
        said = {self._value(pick) for pick in self._picks}
        return [line for line in dict.fromkeys(self._lines) if line and line in said]

    @property
    def gone(self) -> list[str]:
        """What was chosen and stands there no more."""
        return [pick.called for pick in self._picks if not self._value(pick)]

    def _value(self, pick: _Pick) -> str:
        line = _first(pick.known, self._lines) if pick.line is None else pick.line
        return "" if line is None else self._lines[line]


def _first(values: set[str], lines: Sequence[str]) -> int | None:
    return next((n for n, line in enumerate(lines) if line in values), None)


def _moved(was: Sequence[str], lines: Sequence[str]) -> tuple[dict[int, int], list[int]]:
    """Return where each line stands after one change of a text, and the parts where one was parted.

    Around what was changed all lines stay. Of the others those stay that say the same; as many as before are the same,
    typed over; else the first is the one that begins alike: others were joined to it, or it was parted.
    """
    before = sum(1 for _same in takewhile(lambda pair: pair[0] == pair[1], zip(was, lines, strict=False)))
    ends = zip(reversed(was[before:]), reversed(lines[before:]), strict=False)
    after = sum(1 for _same in takewhile(lambda pair: pair[0] == pair[1], ends))
    now = {n: n for n in range(before)}
    now |= {len(was) - n: len(lines) - n for n in range(1, after + 1)}
    old, new = list(range(before, len(was) - after)), list(range(before, len(lines) - after))
    for n in tuple(old):
        same = next((k for k in new if was[n] and lines[k] == was[n]), None)
        if same is not None:
            now[n] = same
            old.remove(n)
            new.remove(same)
    if len(old) == len(new):
        now |= zip(old, new, strict=True)
        return now, []
    if old and new and was[old[0]][:1] == lines[new[0]][:1] != "":
        now[old[0]] = new[0]
    return now, new if len(old) == 1 else []
