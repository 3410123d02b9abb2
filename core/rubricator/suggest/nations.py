"""States of the world and their parts, what belongs to them, and large cities, as English newspapers write them.

Names that are as often something else are left out: Georgia, Jordan, Chad, Washington, Virginia, Montana.
"""

from __future__ import annotations

from collections.abc import Iterator

from rubricator.suggest.matcher import Matcher, Name
from rubricator.suggest.reading import Reading
from rubricator.suggest.runs import Run, tied
from rubricator.suggest.steps import Steps

_COUNTRIES = (
    "Afghanistan|Albania|Algeria|Andorra|Angola|Antigua and Barbuda|Argentina|Armenia|Australia|Austria|Azerbaijan"
    "|Bahamas|Bahrain|Bangladesh|Barbados|Belarus|Belgium|Belize|Benin|Bhutan|Bolivia|Bosnia and Herzegovina|Bosnia"
    "|Botswana|Brazil|Brunei|Bulgaria|Burkina Faso|Burundi|Cambodia|Cameroon|Canada|Cape Verde|Central African Republic"
    "|Chile|China|Colombia|Comoros|Costa Rica|Croatia|Cuba|Cyprus|Czech Republic|Czechia|Denmark|Djibouti"
    "|Dominican Republic|Democratic Republic of the Congo|DR Congo|East Timor|Ecuador|Egypt|El Salvador|Eritrea|Estonia"
    "|Eswatini|Ethiopia|Fiji|Finland|France|Gabon|Gambia|Germany|Ghana|Greece|Grenada|Guatemala|Guyana|Haiti|Honduras"
    "|Hungary|Iceland|India|Indonesia|Iran|Iraq|Ireland|Israel|Italy|Ivory Coast|Jamaica|Japan|Kazakhstan|Kenya"
    "|Kiribati|Kosovo|Kuwait|Kyrgyzstan|Laos|Latvia|Lebanon|Lesotho|Liberia|Libya|Liechtenstein|Lithuania|Luxembourg"
    "|Madagascar|Malawi|Malaysia|Maldives|Malta|Mauritania|Mauritius|Mexico|Micronesia|Moldova|Monaco|Mongolia"
    "|Montenegro|Morocco|Mozambique|Myanmar|Namibia|Nauru|Nepal|Netherlands|New Zealand|Nicaragua|Nigeria|North Korea"
    "|North Macedonia|Norway|Oman|Pakistan|Palau|Panama|Papua New Guinea|Paraguay|Peru|Philippines|Poland|Portugal"
    "|Qatar|Romania|Russia|Rwanda|Samoa|San Marino|Saudi Arabia|Senegal|Serbia|Seychelles|Sierra Leone|Singapore"
    "|Slovakia|Slovenia|Solomon Islands|Somalia|South Africa|South Korea|South Sudan|Spain|Sri Lanka|Sudan|Suriname"
    "|Sweden|Switzerland|Syria|Taiwan|Tajikistan|Tanzania|Thailand|Togo|Tonga|Trinidad and Tobago|Tunisia|Turkey"
    "|Türkiye|Turkmenistan|Tuvalu|Uganda|Ukraine|United Arab Emirates|UAE|United Kingdom|UK|U.K.|Britain|Great Britain"
    "|United States|United States of America|US|U.S.|USA|U.S.A.|Uruguay|Uzbekistan|Vanuatu|Venezuela|Vietnam|Yemen"
    "|Zambia|Zimbabwe|Islamic Republic of Iran|Islamic Republic of Afghanistan|Russian Federation|Republic of Korea"
    "|People's Republic of China"
)
_PEOPLES = (
    "Afghan|Albanian|Algerian|American|Angolan|Argentine|Argentinian|Armenian|Australian|Austrian|Azerbaijani|Bahraini"
    "|Bangladeshi|Belarusian|Belgian|Bolivian|Bosnian|Brazilian|British|Briton|Bulgarian|Burmese|Cambodian|Cameroonian"
    "|Canadian|Chilean|Chinese|Colombian|Congolese|Croatian|Croat|Cuban|Cypriot|Czech|Danish|Dane|Dutch|Ecuadorian"
    "|Egyptian|Emirati|Eritrean|Estonian|Ethiopian|Fijian|Filipino|Finnish|Finn|French|Gambian|Georgian|German|Ghanaian"
    "|Greek|Guatemalan|Haitian|Honduran|Hungarian|Icelandic|Indian|Indonesian|Iranian|Iraqi|Irish|Israeli|Italian"
    "|Jamaican|Japanese|Jordanian|Kazakh|Kenyan|Korean|North Korean|South Korean|Kosovar|Kuwaiti|Kurdish|Kurd|Kyrgyz"
    "|Laotian|Latvian|Lebanese|Liberian|Libyan|Lithuanian|Macedonian|Malaysian|Maltese|Mexican|Moldovan|Mongolian"
    "|Montenegrin|Moroccan|Mozambican|Namibian|Nepalese|Nicaraguan|Nigerian|Norwegian|Omani|Pakistani|Palestinian"
    "|Panamanian|Paraguayan|Peruvian|Portuguese|Qatari|Romanian|Russian|Rwandan|Saudi|Scottish|Senegalese|Serbian|Serb"
    "|Singaporean|Slovak|Slovenian|Somali|South African|Spanish|Spaniard|Sri Lankan|Sudanese|Swedish|Swede|Swiss|Syrian"
    "|Taiwanese|Tajik|Tanzanian|Thai|Tunisian|Turkish|Turk|Turkmen|Ugandan|Ukrainian|Uruguayan|Uzbek|Venezuelan"
    "|Vietnamese|Welsh|Yemeni|Zambian|Zimbabwean|African|Arab|Asian|European|Muslim|Catholic|Protestant|Jewish|Jew"
    "|Sunni|Shia|Shiite|Buddhist|Hindu|Sikh"
)
_CITIES = (
    "London|Paris|Berlin|Moscow|Beijing|Tokyo|New York|New York City|Los Angeles|Chicago|San Francisco|"
    "Boston|Brussels|Geneva|Vienna|Rome|Madrid|Barcelona|Lisbon|Amsterdam|Copenhagen|Stockholm|Oslo|"
    "Helsinki|Warsaw|Prague|Budapest|Bucharest|Belgrade|Sofia|Athens|Istanbul|Ankara|Kyiv|Kiev|Minsk|"
    "Vilnius|Riga|Tallinn|Dublin|Edinburgh|Glasgow|Manchester|Birmingham|Liverpool|Munich|Hamburg|"
    "Frankfurt|Zurich|Milan|Naples|Cairo|Jerusalem|Tel Aviv|Beirut|Damascus|Baghdad|Tehran|Riyadh|"
    "Dubai|Abu Dhabi|Doha|Kabul|Islamabad|Karachi|Lahore|New Delhi|Delhi|Mumbai|Kolkata|Dhaka|"
    "Colombo|Kathmandu|Bangkok|Hanoi|Jakarta|Manila|Kuala Lumpur|Seoul|Pyongyang|Shanghai|Hong Kong|"
    "Taipei|Sydney|Melbourne|Canberra|Wellington|Auckland|Toronto|Montreal|Vancouver|Ottawa|"
    "Mexico City|Havana|Bogotá|Bogota|Lima|Caracas|Buenos Aires|Rio de Janeiro|São Paulo|Sao Paulo|"
    "Brasília|Nairobi|Lagos|Abuja|Accra|Addis Ababa|Johannesburg|Cape Town|Pretoria|Khartoum|Tripoli|"
    "Algiers|Tunis|Ashgabat|Astana|Almaty|Tashkent|Bishkek|Dushanbe|Baku|Yerevan|Tbilisi"
)

_PARTS = (
    "Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Florida|Hawaii|Idaho|Illinois|Indiana|Iowa|Kansas"
    "|Kentucky|Louisiana|Maryland|Massachusetts|Michigan|Minnesota|Nebraska|Nevada|New Hampshire|New Jersey|New Mexico"
    "|North Carolina|North Dakota|Ohio|Oklahoma|Oregon|Pennsylvania|Rhode Island|South Carolina|South Dakota|Tennessee"
    "|Texas|Utah|Vermont|West Virginia|Wisconsin|Wyoming|England|Scotland|Wales|Northern Ireland|Alberta"
    "|British Columbia|Manitoba|Nova Scotia|Ontario|Quebec|Saskatchewan|New South Wales|Queensland|Tasmania|Bavaria"
    "|Lower Saxony|Hesse|Thuringia|Catalonia|Andalusia|Galicia|Lombardy|Tuscany|Sicily|Sardinia|Crimea|Punjab|Kashmir"
)

COUNTRY = ("COUNTRY", "GPE", "LOC", "LOCATION")
PEOPLE = ("NATIONALITY", "NORP", "MISC")
CITY = ("CITY", "GPE", "LOC", "LOCATION")
PART = ("STATE_OR_PROVINCE", "GPE", "LOC", "LOCATION")
LABELS = {"COUNTRY": COUNTRY, "NATIONALITY": PEOPLE, "CITY": CITY, "PART": PART}
"""The names that schemes have for each: the first that a scheme has is meant."""


_ONE = _PEOPLES.split("|")
_MANY = [f"{people}s" for people in _ONE if not people.endswith(("ese", "sh", "ench", "utch", "s", "z"))]


def _names() -> Iterator[Name]:
    for label, names in (
        ("COUNTRY", _COUNTRIES.split("|")),
        ("NATIONALITY", [*_ONE, *_MANY]),
        ("CITY", _CITIES.split("|")),
        ("PART", _PARTS.split("|")),
    ):
        for words in names:
            yield Name(words, label)


_BEFORE = frozenset("anti ex inter intra non pan post pre pro trans".split())
"""What makes another word of one for a people: “non-Catholic”; not the “All” of “All-American”."""
_STATES = frozenset(state.casefold() for state in _COUNTRIES.split("|"))
_TOWNS = frozenset(city.casefold() for city in _CITIES.split("|"))
_FOLDED = frozenset(people.casefold() for people in (*_ONE, *_MANY))
_FOLDED_MANY = frozenset(people.casefold() for people in _MANY)
_SETTLED = frozenset("american australian canadian briton israeli".split())
"""Peoples that others become, and keep their name before it."""
_BETWEEN = frozenset(
    "talks negotiations relations ties border frontier war conflict summit treaty agreement deal trade dialogue"
    " cooperation rivalry dispute friendship alliance peace ceasefire project venture forces team".split()
)
"""What there is between two peoples, who are two then: “Russian-American relations”."""


def is_state(reading: Reading, run: Run) -> bool:
    """Say whether the words of a run are the name of a state."""
    return " ".join(reading.folded(n) for n in range(*run)) in _STATES


def is_people(reading: Reading, n: int) -> bool:
    """Say whether a word is a people, or what belongs to one."""
    return reading.folded(n) in _FOLDED


def is_city(reading: Reading, run: Run) -> bool:
    """Say whether the words of a run are the name of a large city."""
    return " ".join(reading.folded(n) for n in range(*run)) in _TOWNS


def compound(reading: Reading, run: Run) -> Run | None:
    """Return the word that a people is tied into, “inter-Afghan” or “Dutch-Australian”; None for any other.

    Of two peoples it is each by itself: “Israeli” and “Palestinian” in “Israeli-Palestinian talks”.
    """
    first, after = run
    for pair in ((first, after + 2), (first - 2, after)):
        if _two(reading, pair) and not _one(reading, pair):
            return run
    if first > 1 and not reading.gap(first - 1) and reading.folded(first - 2) in _BEFORE:
        first -= 2
    elif after + 1 < len(reading.words) and reading.folded(after + 1) in _FOLDED:
        after += 2
    return None if (first, after) == run or tied(reading, (first, after)) else (first, after)


def _two(reading: Reading, pair: Run) -> bool:
    """Say whether a pair is two peoples with a hyphen, and no part of something longer."""
    first, after = pair
    if first < 0 or after > len(reading.words) or after - first != _PAIR or tied(reading, pair):
        return False
    return {reading.folded(first), reading.folded(after - 1)} <= _FOLDED and tied(reading, (first, first + 1))


def _one(reading: Reading, pair: Run) -> bool:
    """Say whether it is one people: “Dutch-Australians”, but not “Dutch-Australian trade”."""
    last = reading.folded(pair[1] - 1)
    between = pair[1] < len(reading.words) and reading.folded(pair[1]) in _BETWEEN
    return last in _FOLDED_MANY or (last in _SETTLED and not between)


_PAIR = 3
_NAMES_A_STEP = 10
_matcher, _waiting = Matcher(), _names()


def nations() -> Steps[Matcher]:
    """Return what finds them, made once, a few names at a time; the label of each is a key of LABELS."""
    for n, name in enumerate(_waiting):
        _matcher.add(name)
        if n % _NAMES_A_STEP == 0:
            yield
    return _matcher
