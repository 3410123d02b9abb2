"""Names that a file declares: what cannot be written is respelled or left out, and what hangs on it stays whole."""

from __future__ import annotations

from rubricator.exchange.declaring import Declaring
from rubricator.model.scheme import Label, Scheme, Topic
from rubricator.model.scheme_file import dump_scheme, parse_scheme


def test_a_topic_under_one_that_cannot_be_written_stands_under_the_next_above() -> None:
    topics = (Topic("a", "A"), Topic("b\nb", "B", "", "a"), Topic("c", "C", "", "b\nb"), Topic("d", "D"))
    made, cases = Declaring().writable(Scheme(topics=topics), "file.json")
    assert [(one.code, one.parent) for one in made.topics] == [("a", ""), ("c", "a"), ("d", "")]
    assert [kind for kind, _where in cases] == ["unwritable"]
    assert parse_scheme(dump_scheme(made), "again.json").topics == made.topics


def test_a_label_never_stands_under_itself_and_one_of_which_nothing_is_left_is_left_out() -> None:
    labels = (Label("a\nb", parent="a b"), Label("a b"), Label("\n"))
    made, cases = Declaring().writable(Scheme(labels=labels), "file.json")
    assert [(one.name, one.parent) for one in made.labels] == [("a b", "")]
    assert sorted(kind for kind, _where in cases) == ["spelled", "unwritable"]
    assert [one.name for one in parse_scheme(dump_scheme(made), "again.json").labels] == ["a b"]
