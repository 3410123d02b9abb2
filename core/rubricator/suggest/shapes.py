"""What a word looks like, and the small words that names are told by. Rules of writing, not of any one label."""

from __future__ import annotations

import re
from typing import Literal

from rubricator.model.small_words import DETERMINERS

Kind = Literal["name", "lower", "caseless", "number", "mark"]
"""How a word is written: with a capital, without, in letters that know no capitals, with digits; or not a word."""

_INITIAL = re.compile(r"(?:[^\W\d_]\w?\.)+")


def kind_of(word: str) -> Kind:
    """Return how a word is written ("d'Estaing" has its capital after the apostrophe)."""
    first = word[0]
    if first.isalpha():
        if first.isupper() or first.istitle():
            return "name"
        if not first.islower():
            return "caseless"
        return "name" if len(word) > 3 and word[1] in "'’" and word[2].isupper() else "lower"
    return "number" if any(char.isdigit() for char in word) else "mark"


def is_initial(word: str) -> bool:
    """Say whether this is “S.”, “Ch.” or “J.K.”."""
    return word[0].isupper() and _INITIAL.fullmatch(word) is not None and len(word) <= 12


def is_shout(word: str) -> bool:
    """Say whether this is an abbreviation of capitals: “CIS”, “U.N.”, “G20”, “UNHCR”."""
    capitals = sum(char.isupper() for char in word)
    return capitals >= 2 and len(word) <= 12 and not any(char.islower() for char in word)


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


PARTICLES = _set(
    "of de del della delle dei di da do dos das du des van von der den zu zur af av bin ibn al el la le ter ten y"
)
"""Small words inside names, folded: between two capitals only."""

LINKS = PARTICLES | _set("the for on in to at against für im am sur pour en para por с по")
"""What may stand inside a name whose borders are known."""

FUNCTION_WORDS = (
    LINKS
    | DETERMINERS
    | _set("and or but nor by with from into onto over under about after before between through during as than")
    | _set("is are was were be been has have had not this that these those it its his her their he she they who which")
)
"""Small words that name nothing when they stand alone in small letters."""

ORG_WORDS = _set(
    "council committee commission ministry department agency office bureau court parliament congress senate assembly"
    " union organization organisation commonwealth federation association alliance league society institute academy"
    " university college school bank fund company corporation group party front movement army navy force forces police"
    " service authority board club team foundation trust centre center hospital church newspaper news times press radio"
    " television network airlines airways industries systems holdings partners treaty community states nations"
    " republic kingdom government secretariat inc inc. ltd ltd. corp corp. co co. plc llc gmbh ag sa nv bv spa"
)
"""Words that a person's name does not hold, folded."""

PLACE_WORDS = _set(
    "north south east west northern southern eastern western central upper lower new old great greater little saint st."
    " san santa são los las el la the fort port mount lake river cape united federal national state islamic european"
    " international royal"
)
"""What stands before a name and is no given name, folded."""

CALENDAR = _set(
    "january february march april may june july august september october november december"
    " jan. feb. mar. apr. jun. jul. aug. sep. sept. oct. nov. dec."
    " monday tuesday wednesday thursday friday saturday sunday"
)
"""Words with a capital that are names of nobody, folded."""

STARTERS = _set(
    "a about above according across after again against all almost along already also although always am among an and"
    " another any are around as asked at away back be because been before behind being below between both but by can"
    " could despite did do does doing down due during each earlier either else even ever every few first following for"
    " four from further given had has have having he her here his how however i if in including indeed inside instead"
    " into is it its just last late later least less like long made make many mark may me meanwhile might more moreover"
    " most much must my near neither never nevertheless next no none nor not nothing now of off often on once one only"
    " or other others our out outside over per perhaps read rather said same see several she should since so some"
    " soon still such than that the their them then there therefore these they this those though three through thus to"
    " today together tomorrow too toward two under unless unlike until up upon us very was we well were what when where"
    " whether which while who whom whose why will with within without would yes yesterday yet you your"
    " der die das ein eine und oder aber auch als am auf aus bei bis da dann doch er es für hat ich im in ist mit nach"
    " noch nun nur sie sich so um von vor war was wenn wer wie wir zu zum le la les un une des et ou mais il elle ils"
    " elles on nous vous ce cette ces dans sur pour par avec sans selon depuis el los las lo y o pero en con por para"
    " según como que se su он она они это в во на но и а по за из от к с у как что для при после"
)
"""Common words that open sentences, folded: a capital there says nothing."""
