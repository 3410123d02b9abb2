"""Pictures of every screen, to be looked at: `make shots`. Light and dark, 1x and 2x, small, right to left, dialogs."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"


from tests.shots.agreement import agreement
from tests.shots.dialogs import dialogs
from tests.shots.exchange import exchange, snapshots, snapshots_from_right_to_left
from tests.shots.menus import menus
from tests.shots.packets import packets
from tests.shots.relations import related, related_from_right_to_left
from tests.shots.review import review
from tests.shots.saying import saying
from tests.shots.scheme import looked_at_again
from tests.shots.topics import topics
from tests.shots.window import dense, empty, every_state, over_the_article, right_to_left

from rubricator.exchange.sample import sample_project
from rubricator_gui import app
from rubricator_gui.hand import Hand

SIZES = {"small": (1000, 700), "medium": (1280, 800), "large": (1600, 1000), "wide": (2240, 1300)}


def main(out: Path) -> None:
    """Make all pictures in a folder."""
    with tempfile.TemporaryDirectory() as home:
        os.environ["RUBRICATOR_HOME"] = home
        project = sample_project(Path(home))
        hand = Hand(app.build(project))
        for look in ("light", "dark"):
            hand.do(look)
            for size, (width, height) in SIZES.items():
                hand.show(width, height)
                for scale in (1, 2) if size in {"small", "large"} else (1,):
                    every_state(hand, out, f"{look}-{size}-{scale}x", scale)
            dialogs(hand.window, out, look)
            exchange(hand, out, look)
            for scale in (1, 2):
                snapshots(hand, out, look, scale)
            hand.show(1600, 1000)
            over_the_article(hand, out, look)
            menus(hand, out, look, 1 if look == "light" else 2)
            saying(hand, out, look)
            topics(hand, out, look)
            related(hand, out, look)
        looked_at_again(hand, out)
        hand.do("light")
        hand.show(1600, 1000)
        right_to_left(hand, out)
        related_from_right_to_left(hand, out)
        dense(hand, out)
        snapshots_from_right_to_left(hand, out)
        empty(hand, out)
        hand.window.close()
        review(out, Path(home))
        agreement(out, Path(home))
        packets(out, Path(home))
    print(f"{len(list(out.glob('*.png')))} pictures in {out}")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path("out/shots"))
