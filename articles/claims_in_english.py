"""The English words by which a sentence makes a claim."""

from __future__ import annotations

import re

WORDS_OF_A_QUOTATION = 4
# A name handed in, as a word of its own.
KNOWN_NAME = r"(?<!\w)(?:%s)(?!\w)"

FIGURE = re.compile(
    r"\d"
    r"|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
    r"|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|millions?|billions?"
    r"|dozens?|tens of|scores of|zero|half|halved?|halves|quarters?|twice|thrice|tripled?|doubled?|doubles|(?:two|three|ten)fold"
    r"|percent|per cent|thirds?|fourth|fifths?|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|twentieth"
    r"|one (?:in|by one|kilo\w*|litre|tonne|won|yuan|dollar|hour|day|night|week|month|year|person|man|woman|child|family"
    r"|household|hundred|thousand|million)"
    r"|(?:about|nearly|almost|around|over|within|more than|less than) an? (?:hour|day|week|month|year|kilo\w*|mile|metre|litre|tonne))\b",
    re.IGNORECASE,
)

SPAN = r"night|morning|afternoon|evening|week|weekend|month|year|decade|century|spring|summer|autumn|fall|winter|season|quarter"
DATE = re.compile(
    r"\b(?:January|February|April|June|July|August|September|October|November|December)\b"
    r"|(?<!^)(?<![“\"])\b(?:March|May)\b"
    r"|^\W*(?:March|May) (?:is|was|has|had|saw|brings|brought|began|ended|came|passed)\b"
    r"|\b(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\. ?\d"
    r"|\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?\b"
    r"|\b(?i:yesterday|tomorrow|today|tonight|noon|midnight|o[’']clock|weekends?|ago|recently|lately|decades?|century|centuries)\b"
    rf"|\b(?i:last|next|this|past|coming|previous|the same|the following|earlier this|later that) (?:{SPAN})s?\b"
    r"|\b(?i:(?:days?|weeks?|months?|years?) (?:later|earlier|before|after))\b"
    r"|\b[ap]\.m\."
)

SOURCE = (
    r"(?:Rodong Sinmun|Minju Choson|KCNA|Central News Agency|Naenara|state (?:media|press|radio|TV|television|news agency"
    r"|newspapers?|broadcaster)|state-run \w+|official (?:media|figures|data)|newspapers?|gazette|decree|communiqu[eé]|statistics"
    r"|census|yearbook|almanac|survey|white paper|archives?|(?:customs|trade|government|official|court|land|police) (?:data"
    r"|figures|records?|files?|papers|tables?)|data|documents?|records|satellite (?:images?|imagery|pictures?|photographs?)"
    r"|(?:(?:a|the|an|its|their|this|that|annual|official|secret|new|recent|yearly|final|first) |[’']s )report)"
)
PUBLISHES = (
    r"(?:said|says|reported|reports|carried|carries|published|showed|shows?|shown|put|puts|announced|claimed|wrote|printed"
    r"|aired|broadcast|quoted|described|called|gave|gives|lists?|listed|stated?|states|suggests?|suggested|indicates?"
    r"|indicated|confirms?|confirmed|names?|named|records|recorded|praised|denied)"
)
RECORD = re.compile(
    rf"\b[Aa]ccording to (?:[\w’'-]+ ){{0,6}}?{SOURCE}\b"
    rf"|\b{SOURCE}\b(?: [\w’'(),-]+){{0,7}}? {PUBLISHES}\b"
    rf"|\b(?:reported|published|printed|carried|announced|said|shown|stated|written|read|named|listed|denied)\b"
    rf"(?: [\w’'-]+){{0,4}}? (?:in|by|on)(?: [\w’'-]+){{0,3}}? {SOURCE}\b",
    re.IGNORECASE,
)

WHO_SAY = r"(?:they|people|some|many|others|we|you|i|residents|traders|sources|officials|experts|\w+s|who)"
TELLING = re.compile(
    r"(?<!\bthat )\bsaid\b|\bthat said\b(?!,)|(?<!\ball )\btold\b|\b(?:says|tells)\b"
    rf"|\b{WHO_SAY} (?:say|tell|claim|insist|complain|recall|explain)\b"
    r"|\b(?:he|she|who|it) (?:explains|claims|insists|recalls|complains|argues|adds|asks|warns|denies|admits)\b"
    r"|\baccording to\b|\bread,? [“\"]|\b(?:reportedly|allegedly|rumou?r has it|in (?:his|her|their) (?:own )?words)\b"
    r"|\b(?:reported|claimed|explained|recalled|complained|admitted|denied|insisted|warned|replied|answered that|shouted"
    r"|whispered|argued|alleged|testified|acknowledged|stressed|announced|declared|remarked|stated|asserted|lamented|joked"
    r"|confided|predicted|promised|disclosed|revealed|estimated|emphasi[sz]ed|urged|vowed|wondered|sighed|confessed|conceded"
    r"|boasted|grumbled|described|reckoned|asked|wrote|called out)\b"
    r"|\b(?:noted|confirmed|suggested|added|hinted|concluded|observed) (?:that|how|why|[“\"])|[,”\"] ?(?:\w+ ){0,3}?(?:added|noted)\b"
    r"|\b(?:he|she|they|\w+er|\w+ent) added\b(?! to| salt)",
    re.IGNORECASE,
)

# Capitalised, and yet no name.
CAPITALISED = (
    "I I’m I’ve I’d I’ll I'm I've I'd I'll TV OK PC CD DVD USB LED SIM SD QR A The An And But Or Nor So Yet He She It We You"
    " They His Her Its Our Your Their My This That These Those There Here When Where Why What Who Whoever Which How If As At"
    " In On By For From Of To With Without Not No Yes Nobody Nothing All Some Many Most Both Each Every Then Now Only Even"
    " Photo"
)
COMMON = frozenset(CAPITALISED.split())
WORD = re.compile(r"[^\W\d_][\w’'-]*")
DOTTED = re.compile(r"\b(?:[A-Z]\.){2}")
AT_THE_HEAD = re.compile(
    r"\W*(?:[A-Z]{2,}\b|(?:[A-Z]\.){2}|(?:Kim|Pak|Ri|Choe|Choi|Kang|Yun|Yoon|Hwang|Kwon|Ryu|Ahn|Rim|Paek|Pyongyang|Seoul|Beijing|Moscow"
    r"|Tokyo|Washington|China|Chinese|Russia|Russians?|Japan|Japanese|Koreans?|Korea|Americans?|Christmas|Mr|Mrs|Ms|Dr|Prof"
    r"|Gen|Col|Lt|Sgt|Capt)\b|[A-Z][a-z]+-(?:dong|gun|ri|si|do|ku|guyok|up|san|gang)\b)"
)


def rests_on_a_record(sentence: str) -> bool:
    """Whether it says what a newspaper, a statistic, a picture from space shows."""
    return RECORD.search(sentence) is not None


def tells(sentence: str) -> bool:
    """Whether it passes on somebody's words."""
    return TELLING.search(sentence) is not None


def names_somebody(sentence: str) -> bool:
    """Whether a word beyond the first is capitalised, or the first is plainly a name."""
    head = AT_THE_HEAD.match(sentence)
    if head and head[0].strip("“\"‘'(") not in COMMON and not sentence.isupper():
        return True
    if DOTTED.search(sentence):
        return True
    found = WORD.finditer(sentence)
    next(found, None)
    return any(_is_name(sentence, word) for word in found)


def _is_name(sentence: str, word: re.Match[str]) -> bool:
    if not word[0][0].isupper() or len(word[0]) == 1 or word[0] in COMMON:
        return False
    # The first word of a quotation, or of a sentence within one.
    before = (
        sentence[: word.start()].rstrip()
        if word.start() < 200
        else sentence[word.start() - 200 : word.start()].rstrip()
    )
    return not before.endswith(("“", "‘", '"', ".", "!", "?", "…")) or _is_title(before)


def _is_title(before: str) -> bool:
    return re.search(r"\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Col|Lt|Sgt|Capt|St|[A-Z])\.\Z", before) is not None
