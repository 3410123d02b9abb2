"""INCEpTION's own suite for WebAnno TSV: every case read, and compared with the CAS beside it as dkpro-cassis reads it."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from rubricator.formats.base import ReadOptions, Record
from rubricator.formats.webanno.format import FORMAT

from . import cas_referee as referee

CASES = """
testAnnotationWithLeadingWhitespace testAnnotationWithTrailingWhitespace testComplexSlotFeatureWithoutValues
testCrossSentenceSpanWithoutFeatureValue testElevatedType testMultiTokenSlotFeature testMultiTokenSpanWithoutFeatureValue
testMultiTokenStackedSpanWithFeatureValue testSentenceId testSentenceWithLineBreak testSimpleChain
testSimpleSameRoleSlotFeature testSimpleSlotFeatureWithoutValues testSingleNonMultiTokenRelationWithoutFeatureValue
testSingleNonTokenRelationWithoutFeatureValue testSingleStackedNonTokenRelationWithoutFeatureValue
testSingleStackedNonTokenRelationWithoutFeatureValue3 testSingleTokenRelationWithMultipleFeatureValues
testSingleTokenWithoutFeatureValue testStackedComplexSlotFeatureWithoutSlotFillers
testStackedNonMultiTokenRelationWithMultipleFeatureValues testStackedSubMultiTokenSpanWithFeatureValue
testSubMultiTokenSpanWithoutFeatureValue testSubMultiTokenSpanWithoutFeatureValue3 testSubTokenRelation testSubtokenChain
testTokenBoundedBioLookAlike testTokenBoundedSpanWithFeatureValue testTokenBoundedSpanWithSpecialSymbolsValue
testTokenBoundedSpanWithoutFeatureValue testTokenBoundedStackedSpanWithFeatureValue testUnsetSlotFeature
testZeroLengthSlotFeature2 testZeroLengthSpansWithFeatureValues testZeroLengthSpansWithoutFeatures
testZeroWidthAnnotationBeforeFirstTokenIsMovedToBeginOfFirstToken
testZeroWidthAnnotationBeyondLastTokenIsMovedToEndOfLastToken
""".split()

REFUSED = {
    "testStackedSubMultiTokenSpanWithFeatureValue": ["empty"] * 6,
    "testSubtokenChain": ["empty"],
    "testZeroLengthSlotFeature2": ["empty", "end"],
    "testZeroLengthSpansWithFeatureValues": ["empty"] * 2,
    "testZeroLengthSpansWithoutFeatures": ["empty"] * 2,
    "testZeroWidthAnnotationBeforeFirstTokenIsMovedToBeginOfFirstToken": ["empty"],
    "testZeroWidthAnnotationBeyondLastTokenIsMovedToEndOfLastToken": ["empty"],
}
"""What our model forbids: annotations of no width, and what points at them."""

UNHELD = {"testSentenceId": ["unheld"], "testSingleTokenRelationWithMultipleFeatureValues": ["unheld"]}
"""Ids of sentences, and a relation between tokens."""

MOVED = {
    "testAnnotationWithLeadingWhitespace": (4, 5),
    "testAnnotationWithTrailingWhitespace": (4, 3),
}
"""TSV has no place for white space at the ends of a span: where it stands in the CAS, and where in the TSV."""


UNWRITTEN = {"testZeroWidthAnnotationBeyondLastTokenIsMovedToEndOfLastToken": "  "}
"""White space behind the last sentence, which no sentence holds."""


@pytest.fixture(scope="module")
def types() -> Any:
    import os

    root = Path(os.environ.get("RUBRICATOR_CORPORA") or Path(__file__).parents[3] / "shared" / "data")
    if not root.is_dir():
        pytest.skip("the corpora are not here (RUBRICATOR_CORPORA)")
    return referee.typesystem(
        root / "cassis-xmi-json" / "typesystems" / "important_dkpro_types.xml",
        root / "webanno-tsv3" / "desc" / "type" / "webannoTestTypes.xml",
    )


def layers(tsv: Path) -> frozenset[str]:
    """Return the short names of the layers that the head declares, and of the slots' features."""
    head = tsv.read_text(encoding="utf-8")
    return frozenset(re.findall(r"^#T_..=[\w.]*?(\w+)\|", head, re.M)) | {"links"}


def test_every_case_is_known(corpora: Path) -> None:
    there = {path.parent.name for path in corpora.glob("webanno-tsv3/tsv3-suite/*/reference.xmi")}
    assert there == set(CASES)


@pytest.mark.parametrize("case", CASES)
def test_tsv_says_what_the_cas_says(case: str, corpora: Path, types: Any) -> None:
    folder = corpora / "webanno-tsv3" / "tsv3-suite" / case
    *_, record = FORMAT.read(folder / "reference.tsv", ReadOptions())
    assert isinstance(record, Record)
    assert [kind for kind, _where in record.cases] == REFUSED.get(case, UNHELD.get(case, []))
    cas = referee.load(folder / "reference.xmi", types)
    if case == "testSentenceWithLineBreak":
        assert record.text == cas.sofa_string == "This is\na test ."
    assert record.text == cas.sofa_string.removesuffix(UNWRITTEN.get(case, ""))
    names = layers(folder / "reference.tsv")
    there = referee.spans(cas)
    wide = Counter({span: n for span, n in there.items() if span[0] < span[1]})
    if case in MOVED:
        was, is_ = MOVED[case]
        wide = Counter({(is_ if a == was else a, is_ if b == was else b, said): n for (a, b, said), n in wide.items()})
    assert referee.our_spans(record, names) == wide
    assert there.total() - wide.total() == REFUSED.get(case, []).count("empty")
    relations = {key: n for key, n in referee.relations(cas).items() if key[1][0] < key[1][1] and key[2][0] < key[2][1]}
    assert referee.our_relations(record, names) == relations
    chains = {frozenset(place for place in chain if place[0] < place[1]) for chain in referee.chains(cas)}
    assert referee.our_chains(record) == chains
