"""The one exception that people are meant to read; anything else is a bug and goes to the trouble dialog."""

from __future__ import annotations

from rubricator.words import Message, say


class UserError(Exception):
    """Something a person can mend: what happened, and what to do now.

    `text` and `hint` are a Message or ready words; `refusals` names what was refused, so that a caller
    can offer a way out (say: "add the label") without reading the words.
    """

    def __init__(self, text: Message | str, hint: Message | str = "", *, refusals: tuple[object, ...] = ()) -> None:
        super().__init__(say(text))
        self.text = text
        self.hint = hint
        self.refusals = refusals

    def __reduce__(self) -> tuple[object, ...]:
        return _again, (self.text, self.hint, self.refusals)  # background work sends it to the window

    def __str__(self) -> str:
        hint = say(self.hint)
        return f"{say(self.text)}\n{hint}" if hint else say(self.text)


def _again(text: Message | str, hint: Message | str, refusals: tuple[object, ...]) -> UserError:
    return UserError(text, hint, refusals=refusals)
