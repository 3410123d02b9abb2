"""Names told by what they hold and stand beside."""

from __future__ import annotations

import pytest

from rubricator.suggest.cues import cues
from rubricator.suggest.heads import heads
from rubricator.suggest.offers import offers
from rubricator.suggest.reading import Reading
from rubricator.suggest.shortened import shortened
from rubricator.suggest.steps import at_once
from rubricator.words import say


def found(text: str) -> list[str]:
    """Return words and the first of the labels, in reading order; what two rules tell, once."""
    ordered = sorted(at_once(cues(Reading(text))), key=lambda one: (one.start, -one.end))
    return list(dict.fromkeys(f"{text[one.start : one.end]}={one.labels[0]}" for one in ordered))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("He told the Northern Harbour Council so.", "Northern Harbour Council=ORGANIZATION"),
        ("It belongs to the Ministry of\nTransport now.", "Ministry of\nTransport=ORGANIZATION"),
        ("They left the National Party of Karesh today.", "National Party of Karesh=ORGANIZATION"),
        ("He saw the Council of the Sund States there.", "Council of the Sund States=ORGANIZATION"),
        ("It ended when the Dockers’ Union of Karesh signed.", "Dockers’ Union of Karesh=ORGANIZATION"),
        ("She came to Quay Street with Captain René Duvaly.", "Quay Street=FACILITY|Captain=PROFESSION|René Duvaly=PERSON"),
        ("They quoted the Academy Act of 1814 again.", "Academy Act of 1814=LAW"),
        ("He told the Cabinet of Ministers so.", "Cabinet of Ministers=ORGANIZATION"),
        ("She is Deputy Chairman of the board.", "Deputy Chairman=PROFESSION"),
        ("So said the Secretary of the Cabinet of Ministers.", "Secretary of the Cabinet of Ministers=PROFESSION|Cabinet of Ministers=ORGANIZATION"),
        ("It was the Council of Karesh Ch.Amanov led.", "Council of Karesh=ORGANIZATION|Ch.Amanov=PERSON"),
        ("She opened the eighth meeting of the Secretaries of the Sund Council member states.", "eighth meeting of the Secretaries of the Sund Council member states=EVENT|Sund Council=ORGANIZATION"),
        ("It was the 3rd annual session of the NHC, he said.", "3rd annual session of the NHC=EVENT|NHC=ORGANIZATION"),
        ("NHC met; so said NHC Executive Secretary S. Lebrune.", "NHC=ORGANIZATION|NHC Executive Secretary=PROFESSION|S. Lebrune=PERSON"),
        ("It was the 10th session of the Iraqi parliament.", "Iraqi=NATIONALITY"),
        ("She is Secretary General of the Sund Council now.", "Secretary General of the Sund Council=PROFESSION|Sund Council=ORGANIZATION"),
        ("NHC met; the NHC Deputy Secretary said so.", "NHC=ORGANIZATION|NHC Deputy Secretary=PROFESSION"),
        ("NHC met; so did the\nNHC Secretary S.\n\nLebrune.", "NHC=ORGANIZATION|NHC Secretary=PROFESSION|S.\n\nLebrune=PERSON"),
        ("It rained. The Council met at the Academy’s, as the Navy does.", "Council=ORGANIZATION|Academy=ORGANIZATION|Navy=ORGANIZATION"),
        ("The inter-Afghan talks with non-Muslims and a Dutch-Australian.", "inter-Afghan=NATIONALITY|non-Muslims=NATIONALITY|Dutch-Australian=NATIONALITY"),
        ("The heads of state and of government met a head\nof government.", "heads of state=PROFESSION|head\nof government=PROFESSION"),
        ("He told the Council of Heads of State so.", "Council of Heads of State=ORGANIZATION"),
        ("In May she met Secretary of the State Council of Turkmenistan Ch. Amanov again.", "Secretary of the State Council of Turkmenistan=PROFESSION|State Council of Turkmenistan=ORGANIZATION|Turkmenistan=COUNTRY|Ch. Amanov=PERSON"),
        ("So said Deputy Minister of Transport of Estmar A. Berdiev today.", "Deputy Minister of Transport of Estmar=PROFESSION|A. Berdiev=PERSON"),
        ("In Armenia S. Lebrune said it.", "Armenia=COUNTRY|S. Lebrune=PERSON"),
        ("They thanked Minister of Foreign Affairs Layla Marwani again.", "Minister of Foreign Affairs=PROFESSION|Layla Marwani=PERSON"),
        ("They met the President of Albania Osk Tarnvik there.", "President of Albania=PROFESSION|Osk Tarnvik=PERSON"),
        ("They met the Director of the John F. Odell Trust there.", "Director of the John F. Odell Trust=PROFESSION|F. Odell=PERSON"),
        ("Estmar Secretary In Minsk\n\nThey spoke today.", "Minsk=CITY"),
        ("Secretary Marwani Visits Dushanbe\n\nThey spoke today.", "Dushanbe=CITY"),
        ("He saw the African-Americans and Dutch-Australians.", "African-Americans=NATIONALITY|Dutch-Australians=NATIONALITY"),
        ("Israeli-Palestinian talks on the Turkish-Syrian border.", "Israeli=NATIONALITY|Palestinian=NATIONALITY|Turkish=NATIONALITY|Syrian=NATIONALITY"),
        ("They spoke of Russian-American relations.", "Russian=NATIONALITY|American=NATIONALITY"),
        ("It was read in the hall of the Academy and the Hall of the Senate.", "Academy=ORGANIZATION|Senate=ORGANIZATION"),
        ("A head of state. The head of state television slept.", "head of state=PROFESSION"),
        ("A head of state met the Council of Heads of State.", "head of state=PROFESSION|Council of Heads of State=ORGANIZATION"),
        ("The NHC met. So said the heads of the security agencies of the NHC member states.", "NHC=ORGANIZATION|heads of the security agencies of the NHC member states=PROFESSION"),
        ("So said the heads of the security councils of Armenia and the heads of the intelligence services.", "heads of the security councils=PROFESSION|Armenia=COUNTRY|heads of the intelligence services=PROFESSION"),
        ("They live in Iden Province today.", "Iden Province=STATE_OR_PROVINCE"),
        ("NHC met; the NHC executive secretary slept, and an NHC secretary.", "NHC=ORGANIZATION|NHC executive secretary=PROFESSION"),
        ("They left the NHC again.", "NHC=ORGANIZATION"),
        ("In NHC offices they said NHC did.", "NHC=ORGANIZATION"),
        ("It lies off Cape Morrow.", "Cape Morrow=LOCATION"),
        ("“Never,” said Karim Odell, 58, of the club.", "Karim Odell=PERSON"),
        ("Education Minister Lena Ostrau called it late.", "Education Minister=PROFESSION|Lena Ostrau=PERSON"),
        ("He praised the economist Layla Marwani.", "economist=PROFESSION|Layla Marwani=PERSON"),
        ("It was told by S. Zas and Ch.Amanov there.", "S. Zas=PERSON|Ch.Amanov=PERSON"),
        ("He met J. K. Odell and S.\n\nLebrune.", "J. K. Odell=PERSON|S.\n\nLebrune=PERSON"),
        ("The Russian president flew from Armenia to Paris.", "Russian=NATIONALITY|president=PROFESSION|Armenia=COUNTRY|Paris=CITY"),
        ("It was shown to Goalkeeper Tom Hill, 31, of Marvon.", "Goalkeeper=PROFESSION|Tom Hill=PERSON"),
        ("They live on Castle Hill, by Mary Lake, and met economist Ann Lake.", "Castle Hill=LOCATION|Mary Lake=LOCATION|Ann Lake=PERSON"),
        ("He left Texas, they said in Ohio, and the James Bay.", "Texas=STATE_OR_PROVINCE|Ohio=STATE_OR_PROVINCE|James Bay=LOCATION"),
        ("WASHINGTON, D.C., April 6 (North Press) - It rained.", "WASHINGTON, D.C.=CITY|North Press=ORGANIZATION"),
        ("Two behind leaders Orsk Town, who drew, came Dunmore United and Toll City, 40, of the league.", "Dunmore United=ORGANIZATION"),
        ("Hartley & Sons Ltd won, and so did Barnes & Colby.", "Hartley & Sons Ltd=ORGANIZATION"),
        ("It broke the Theft Act 1968, said Ms Anita Desai KC, and Mary Toll MP slept.", "Theft Act 1968=LAW|Anita Desai=PERSON|Mary Toll=PERSON"),
        ("He left Illinois for New South Wales, and sued Nordmilch AG there.", "Illinois=STATE_OR_PROVINCE|New South Wales=STATE_OR_PROVINCE|Nordmilch AG=ORGANIZATION"),
        ("DUNMORE, England, April 6 (North Press) - It rained.", "DUNMORE=CITY|England=STATE_OR_PROVINCE|North Press=ORGANIZATION"),
    ],
)  # fmt: skip
def test_what_is_told(text: str, wanted: str) -> None:
    assert found(text) == wanted.split("|")


@pytest.mark.parametrize(
    "text",
    [
        "The council met the party of the union.", "Council Meets Ministers Over Harbour Party Plan", "Paris Hilton sang.",
        "They won Group E. Portugal lost.", "the U. S. Treasury", "Vitamin C. Scientists", "World War I. Germany lost.",
        "It was Plan B. The rest slept.", "On Plan B. Harbours slept, as harbours do.", "Off St. Tarn it rained.",
        "An NHC office closed.", "NHC told them so: it closed the", "THE NHC SAID SO", "At 10 the GMT clock struck GMT.", "The General of them slept.",
        "What They Read Again: The Deputy Chairman Of Everything", "The chairman of the board slept.", "the NHC-led talks",
        "the Afghan-led talks", "An All-American spoke.", "the pro-Afghan-Greek-led side", "The West Bank was calm.", "",
        "the head of state television", "heads of state-owned firms",
        "the head of the delegation", "heads of the councils", "heads of state of the bloc",
        "He gave the State of the Union address.", "So said the Press Secretary on deck.", "So did the Police Chief again.",
        "It was the Party Chairman then.", "She is the Bank Governor now.", "He met the University President there.",
        "They joined the Group 7 then.", "It was the Radio 4 show.", "He saw the Court No. 3 again.", "He used the Force then.",
        "They lent it (the “Bank”), and so the Bank pays.", "So the Company and the Partners pay.",
        "It rained. The council met.", "They left for the Council Bluffs.", "the Republic and the States slept", "a Council-run school",
        "Ministers Say The Council Sleeps Again",
        "It is the third meeting of the week.", "the third meeting, of the NHC-led kind", "The Third Session Of The Northern Plan",
        "the third meeting of Karim, Toll and he",
        "the twenty-first meeting of the Plan", "He told of the first meeting of Monday.", "BREAKING President slept.",
        "Kansas City Mayor Says No Again", "Texas Rangers Beat Michigan Wolverines", "They met in Quebec City and Iowa City.",
        "Jimmie Wales spoke. Wales said so.", "The Prince of Wales slept.", "Student Exchange rates and Type AB.",
    ],
)  # fmt: skip
def test_what_is_left_alone(text: str) -> None:
    assert found(text) == []


def test_the_head_of_an_article_names_its_writers_and_its_place() -> None:
    text = (
        "Night ferry turns back\n\nBy Tomas Rehn and Iva Kestrel, Velis Courier\nSunday, 13 September 2026, 18.40h\n\n"
        "TARSK (Velis Courier) — The night ferry turned back into a gale on Friday, and nobody was hurt.\n"
    )
    assert found(text)[:3] == ["Tomas Rehn=PERSON", "Iva Kestrel=PERSON", "Velis Courier=ORGANIZATION"]
    assert "TARSK=CITY" in found(text)


def test_what_is_looked_for_in_a_long_text_pauses_often() -> None:
    bank = Reading("So the Bank has paid what the Senate lent. " * 500)
    office = Reading("He is a head of state. " * 500)
    assert sum(1 for _ in shortened(bank, ("ORG",))) > 20
    assert sum(run is None for run in heads(office)) > 20


HEADLINE = "Anna Rehn Opens The 3rd Meeting Of The Secretaries Of The Sund Council\n\n"
LEAD = "The 3rd meeting of the Secretaries of the\nSund Council was held. It was told by Joren Asku, 58, of Karesh."


@pytest.mark.parametrize(
    ("text", "again"),
    [
        (HEADLINE + LEAD, ["3rd Meeting Of The Secretaries Of The Sund Council", "Sund Council"]),
        (f"{LEAD} Then Joren Asku left. JOREN ASKU sang.", ["Joren Asku", "JOREN ASKU"]),
        (f"{LEAD} The\nsund council met, Joren Asku de Castro slept, and so did the Joren Asku Choir.", []),
        (f"{LEAD} Joren-Asku. Asku slept.", []),
        (f"{LEAD} They saw Layla, Joren\n\nAsku died in the night.", []),
    ],
)
def test_what_is_told_once_is_found_where_the_same_words_stand_again(text: str, again: list[str]) -> None:
    told = at_once(cues(Reading(text)))
    assert [text[one.start : one.end] for one in told if one.again] == again
    assert len({one[:3] for one in told}) == len(told), "nothing is told twice"


@pytest.mark.parametrize(
    ("text", "words", "why"),
    [
        ("He told the Northern Harbour Council so.", "Northern Harbour Council", "it has “Council” in its name"),
        ("They asked Minister Osk Tarnvik there.", "Osk Tarnvik", "it stands after “Minister”"),
        ("They asked Minister Albania S. Tarnvik there.", "S. Tarnvik", "it stands after “Minister Albania”"),
        ("They asked Mr Tarnvik there.", "Tarnvik", "it stands after “Mr”"),
        ("So did economist Osk Tarnvik there.", "Osk Tarnvik", "it stands after “economist”"),
        ("They met Anna Tarnvik there.", "Anna Tarnvik", "it begins with the given name “Anna”"),
        ("They met S. Tarnvik there.", "S. Tarnvik", "it begins with the initial “S.”"),
        ("It was Osk Tarnvik, 58, there.", "Osk Tarnvik", "it stands before the age “58”"),
        ("It was Osk Tarnvik, who left.", "Osk Tarnvik", "it stands before “who”"),
        ("No, Osk Tarnvik told them.", "Osk Tarnvik", "it stands before “told”"),
        ("It is so, said Osk Tarnvik.", "Osk Tarnvik", "it stands after “said”"),
        ("They asked Minister Osk\nTarnvik there.", "Minister", "it stands before “Osk Tarnvik”"),
        (
            "They met the President of Albania Osk Tarnvik there.",
            "Osk Tarnvik",
            "it stands after “President of Albania”",
        ),
        (
            "Osk Tarnvik slept.\n\nThey asked Minister Osk Tarnvik there.",
            "Osk Tarnvik",
            "elsewhere in this article it stands after “Minister”",
        ),
    ],
)
def test_the_word_that_tells_it_is_named(text: str, words: str, why: str) -> None:
    labels = ("PERSON", "PROFESSION", "ORGANIZATION")
    told = [say(one.why) for one in offers(text, [], labels=labels) if one.span.quote(text) == words]
    assert why in told
