"""The program as a screen reader has it: reads the article, selects, labels, finds the annotation, hears what happened."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.journeys import kit, reviewed
from tests.journeys.listener import Listener, listener
from tests.journeys.screen import Program, needed, program, screen, until

from rubricator.settings import Settings

pytestmark = [needed("Xvfb", "setxkbmap", "xdotool", "dbus-daemon")]

BUS = [Path(folder, "at-spi-bus-launcher") for folder in ("/usr/libexec", "/usr/lib/at-spi2-core")]
if not any(path.exists() for path in BUS):
    pytestmark.append(pytest.mark.skip(reason="not installed: at-spi2-core"))


@pytest.fixture
def reading(tmp_path: Path) -> Iterator[tuple[Listener, Program]]:
    kit.introduced()
    file = kit.project(tmp_path / "news.rubric")
    with screen() as shown, listener(tmp_path / "run", shown.env) as (ears, env), program(shown, file, env) as started:
        yield ears, started


def test_labelling_through_at_spi(reading: tuple[Listener, Program]) -> None:
    ears, started = reading
    article = ears.find("text", "Article")
    text = article.ask("Text", "GetText", "ii", 0, -1)
    assert text.rstrip() == kit.STORY.rstrip()
    start = text.index("Arvenia")
    assert article.ask("Text", "AddSelection", "ii", start, start + len("Arvenia"))
    assert article.ask("Text", "GetNSelections") == 1
    started.screen.press("3")
    assert ears.heard() == "Labelled “Arvenia” as Country."
    started.until_layer(("COUNTRY", "Arvenia"))
    rows = ears.find("table", "Annotations of the article")
    until(lambda: "Country: Arvenia" in [row.name for row in rows.children()], "the annotation is in the list")
    started.screen.press("Ctrl+z")
    assert "Arvenia" in ears.heard()
    started.until_layer()


def test_a_review_by_ear(tmp_path: Path) -> None:
    """Each difference is said with its place, its kind, its words and what the layers say; so is each decision."""
    kit.introduced("rita")
    file = reviewed.project(tmp_path / "news.rubric", Settings().me())
    with screen() as shown, listener(tmp_path / "run", shown.env) as (ears, env), program(shown, file, env) as started:
        ears.find("text", "Article")
        started.screen.press("F8")
        words = ears.heard()
        assert words.startswith(
            "Difference 1 of 8: borders, another last word: “Sund grain corridor”. Annotator A: Place, "
        )
        assert "Annotator B: " in words
        started.screen.press("Tab")
        assert ears.heard().startswith(
            "Difference 2 of 8: borders, a determiner: “the Ministry of Transport and Ports”."
        )
        started.screen.press("r")
        assert ears.heard().startswith("Rejected all on difference 2")
        assert ears.heard().startswith("Difference 3 of 8: ")
