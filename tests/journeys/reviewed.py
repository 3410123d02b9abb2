"""Projects for journeys of the review: two layers and more over the same articles, made by hand of two annotators."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from tests import making

from rubricator.exchange.schemes import scheme_named, with_topics
from rubricator.model.scheme import Attribute, RelationType
from rubricator.model.spans import Span
from rubricator.project import Project
from rubricator.settings import Me

ANNA, BEN = making.ANNA, making.BEN
CARL = Me("00000000-0000-4000-8000-00000000000c", "carl", "00000000-0000-4000-8000-0000000000dc")

TEXT = (
    "Belmora rejects second draft of inspection plan\n\n"
    "ORSK, Sept 12 (Orsk Telegraph) - Belmora has rejected the second draft of the inspection plan for the Sund grain "
    "corridor, the Ministry of Transport and Ports said on Saturday.\n\n"
    "“The draft gives the Harbour Council of Tarsk a veto,” said minister Karim Odell, a former head of the Belmora "
    "State Railways. He flew to Port Velis on Sunday to meet Deputy Foreign Minister Lebrune.\n\n"
    "The plan was drawn up in July by the Institute of Northern Trade Studies. Under it, ships of the Vessa Line would "
    "be searched at the Old Custom House, not at sea.\n\n"
    "Ministers in Arvenia had asked for a decision before the harvest. “We have read the draft twice and it is still a "
    "draft,” Odell told reporters at the Quay Street terminal.\n\n"
    "A spokeswoman for the Port Velis Harbour Authority said on Monday that inspectors from Tarsk were expected in "
    "October. Kareshi and Tollish crews wait in Karesh, in Toll and in Sund; the Karesh Courier counted 90 ships in "
    "August, the Toll Post 70 in September.\n"
)

Words = tuple[str, str, int]
"""Words, the label they get, and which time they stand there."""

AGREED: Sequence[Words] = (
    ("ORSK", "CITY", 0),
    ("Sept 12", "DATE", 0),
    ("Orsk Telegraph", "ORGANIZATION", 0),
    ("Belmora", "COUNTRY", 1),
    ("Saturday", "DATE", 0),
    ("the Harbour Council of Tarsk", "ORGANIZATION", 0),
    ("Karim Odell", "PERSON", 0),
    ("Port Velis", "CITY", 0),
    ("Sunday", "DATE", 0),
    ("Lebrune", "PERSON", 0),
    ("July", "DATE", 0),
    ("Vessa Line", "ORGANIZATION", 0),
    ("Arvenia", "COUNTRY", 0),
    ("Odell", "PERSON", 1),
    ("Quay Street", "LOCATION", 0),
    ("Port Velis", "CITY", 1),
    ("Port Velis Harbour Authority", "ORGANIZATION", 0),
    ("Monday", "DATE", 0),
    ("Tarsk", "CITY", 1),
    ("October", "DATE", 0),
    ("Kareshi", "NATIONALITY", 0),
    ("Tollish", "NATIONALITY", 0),
    ("Karesh", "COUNTRY", 1),
    ("Toll", "COUNTRY", 1),
    ("Sund", "LOCATION", 2),
    ("Karesh Courier", "ORGANIZATION", 0),
    ("August", "DATE", 0),
    ("Toll Post", "ORGANIZATION", 0),
    ("September", "DATE", 0),
    ("Belmora", "COUNTRY", 0),
    ("draft", "WORK_OF_ART", 0),
    ("inspection plan", "WORK_OF_ART", 0),
    ("reporters", "PROFESSION", 0),
)

MINE: Sequence[Words] = (
    ("Sund grain corridor", "LOCATION", 0),
    ("the Ministry of Transport and Ports", "ORGANIZATION", 0),
    ("minister", "PROFESSION", 0),
    ("Belmora State Railways", "ORGANIZATION", 0),
    ("Deputy Foreign Minister", "PROFESSION", 0),
    ("the Institute of Northern Trade Studies", "ORGANIZATION", 0),
    ("Old Custom House", "FACILITY", 0),
)
THEIRS: Sequence[Words] = (
    ("Sund", "LOCATION", 0),
    ("Ministry of Transport and Ports", "ORGANIZATION", 0),
    ("Tarsk", "CITY", 0),
    ("Belmora State Railways", "FACILITY", 0),
    ("Foreign Minister", "PROFESSION", 0),
    ("Institute of Northern Trade Studies", "ORGANIZATION", 0),
    ("Old Custom House", "LOCATION", 0),
)
"""Eight differences: seven of one, seven of the other, of which six are about the same words."""


def annotate(project: Project, me: Me, article: str, words: Sequence[Words]) -> None:
    """Have somebody label words of an article."""
    before, project.me = project.me, me
    text = project.text(project.rows.article(article))
    for quote, label, nth in words:
        start = -1
        for _time in range(nth + 1):
            start = text.index(quote, start + 1)
        project.annotate(article, label, [Span.of(start, start + len(quote))])
    project.me = before


def project(path: Path, me: Me, texts: Sequence[str] = (TEXT,), *, layers: int = 2) -> Path:
    """Make a project in which two annotators (or more, who say what the first does) have worked on each article."""
    scheme = with_topics(scheme_named("news"))
    with Project.create(path, me, scheme) as made:
        making.add_articles(made, [(f"a{n}", text) for n, text in enumerate(texts, 1)])
        for n in range(1, len(texts) + 1):
            annotate(made, ANNA, f"a{n}", (*AGREED, *MINE))
            annotate(made, BEN, f"a{n}", (*AGREED, *THEIRS))
            for more in range(2, layers):
                uid = f"00000000-0000-4000-8000-0000000001{more:02}"
                annotate(made, Me(uid, f"one {more}", f"{uid[:-3]}f{more:02}"), f"a{n}", (*AGREED, *MINE))
    return path


LINKED = (
    "Odell leaves the Vessa Line\n\n"
    "Karim Odell, head of the Vessa Line, met Lebrune in Port Velis on Monday. The Vessa Line belongs to Belmora; "
    "Lebrune speaks for the Harbour Council of Tarsk.\n\n"
    "Odell was minister once. Anna Berg, his lawyer, works for the Toll Post and is married to Lebrune.\n"
)

_SPANS: Sequence[Words] = (
    ("Karim Odell", "PERSON", 0),
    ("the Vessa Line", "ORGANIZATION", 1),
    ("Lebrune", "PERSON", 0),
    ("Port Velis", "CITY", 0),
    ("The Vessa Line", "ORGANIZATION", 0),
    ("Belmora", "COUNTRY", 0),
    ("the Harbour Council of Tarsk", "ORGANIZATION", 0),
    ("Anna Berg", "PERSON", 0),
    ("the Toll Post", "ORGANIZATION", 0),
)


def linked(path: Path, me: Me, between: str = "") -> Path:
    """Make a project in which two differ in relations, topics, an attribute and an entity, and in no span.

    `between` stands before the last paragraph. In this order: entity of Port Velis, role of Anna Berg; head of / member of between Odell and the Vessa Line, the
    spouse of Lebrune (Ben alone), whose the council is (turned round); the topics culture (Anna) and crime (Ben).
    """
    scheme = with_topics(scheme_named("news"))
    scheme = replace(
        scheme,
        relations=(
            RelationType("member_of", "Member of", ("PERSON",), ("ORGANIZATION",), definition="One leads it."),
            RelationType("head_of", "Head of", ("PERSON",), ("ORGANIZATION",), definition="One leads it."),
            RelationType("speaks_for", "Speaks for"),
            RelationType("spouse", "Married to", ("PERSON",), ("PERSON",), symmetric=True),
        ),
        attributes=(Attribute("role", "Role", "choice", ("lawyer", "journalist"), ("PERSON",)),),
    )
    with Project.create(path, me, scheme) as made:
        making.add_articles(made, [("a1", LINKED.replace("Odell was", f"{between}Odell was"))])
        harbour, town = made.entities.new("Harbour of Port Velis"), made.entities.new("Port Velis (town)")
        made.entities.add([harbour, town])
        for annotator in (ANNA, BEN):
            annotate(made, annotator, "a1", _SPANS)
            made.me = annotator
            mine = {one.quote: one for one in made.annotations("a1", annotator.annotator)}
            first = annotator is ANNA
            made.entities.link([mine["Port Velis"]], harbour if first else town)
            made.attributes.set([mine["Anna Berg"]], "role", "lawyer" if first else "journalist")
            mine = {one.quote: one for one in made.annotations("a1", annotator.annotator)}
            made.relations.add("head_of" if first else "member_of", mine["Karim Odell"], mine["the Vessa Line"])
            made.relations.add("member_of", mine["Anna Berg"], mine["the Toll Post"])
            council, lebrune = mine["the Harbour Council of Tarsk"], mine["Lebrune"]
            made.relations.add("speaks_for", *((lebrune, council) if first else (council, lebrune)))
            if not first:
                made.relations.add("spouse", mine["Anna Berg"], lebrune)
            made.topics.give("a1", ["medtop:20000045"])
            made.topics.give("a1", ["medtop:20000038" if first else "medtop:20000082"])
        made.me = me
    return path
