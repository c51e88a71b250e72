"""The English words by which a sentence makes a claim."""

from __future__ import annotations

import re

from articles.names_in_english import names_somebody

__all__ = [
    "DATE",
    "DOCUMENT",
    "FIGURE",
    "KNOWN_NAME",
    "SPEAKER",
    "WORDS_OF_A_QUOTATION",
    "alleges",
    "names_somebody",
    "rests_on_a_record",
    "tells",
]

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
    r"|(?:about|nearly|almost|around|over|within|more than|less than) an? (?:hour|day|week|month|year|kilo\w*|mile|metre|litre|tonne)"
    r"|(?:lasted|took|takes|lasts|spent|for|after) (?:about |almost |nearly )?an? (?:\w+ )?(?:minute|hour|day|night|morning|afternoon|week|month|year|decade))\b",
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
    r"|\b[ap]\.m\.|\bNew Year[’']s\b|\b[Ss]ince (?:last |the )?(?:spring|summer|autumn|winter)\b"
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
    r"|aired|broadcast|quoted|described|called|gave|gives|lists?|listed|stated?|states|suggests?|suggested|found|finds|indicates?"
    r"|indicated|confirms?|confirmed|names?|named|records|recorded|praised|denied)"
)
RECORD = re.compile(
    rf"\b[Aa]ccording to (?:[\w’'-]+ ){{0,6}}?{SOURCE}\b"
    rf"|\b{SOURCE}\b(?: [\w’'(),-]+){{0,7}}? {PUBLISHES}\b"
    rf"|\b(?:reported|published|printed|carried|announced|said|shown|stated|written|read|named|listed|denied)\b"
    rf"(?: [\w’'-]+){{0,4}}? (?:in|by|on)(?: [\w’'-]+){{0,3}}? {SOURCE}\b",
    re.IGNORECASE,
)

WHO_SAY = r"(?:they|people|some|many|others|we|you|i|\w*men|children|police|\w+s|who)"
SAY = (
    r"(?:say|tell|claim|insist|complain|recall|explain|report|swear|deny|admit|warn|maintain|contend|testify|doubt|believe"
    r"|suspect|describe|recount|blame|allege|assert|argue|agree|estimate|reckon|dispute|confirm|acknowledge|mention|predict"
    r"|guess|contest|think|expect|fear|worry|differ|see an?|whisper|grumble|mutter|speculate|joke|stress|remember|speak of|put (?:the|it|its|their)|point to|accuse|vow)"
)
SAYS = (
    r"(?:insists|thinks|expects|fears|swears|denies|admits|warns|complains|recalls|argues|believes|suspects|alleges|contends|testifies|maintains"
    r"|acknowledges|concedes|confirms|predicts|asserts|remembers|whispers|describes|recounts|speaks of|tells|says|disputes"
    r"|jokes|grumbles|speculates|announces|declares|reckons|estimates)"
)
# What goes round without anybody's name to it.
HEARSAY = (
    r"\b(?:apparently|appears? to have|seems? to have|allegations?|accusations?|testimon(?:y|ies)|confessions?|denials?|tip-offs?|in the words of|put it (?:this|more|another|simply|like)|(?:hear|heard|hears|learned|learnt|learns) (?:that|of|about|from)|rumou?r(?:s|ed)?|hearsay|gossip|reportedly|allegedly|supposedly|purportedly|word (?:has it|is that|spread|went round|got out)"
    r"|talk(?:s|ing)? (?:of|is of|about)|tongues wag\w*|by (?:most|all|some|many|his|her|their) accounts?"
    r"|(?:he|she|it|they|story|legend|tale) (?:goes|has it)(?= that|,)"
    r"|(?:is|are|was|were|been|being) (?:now |widely |generally |also |long |commonly )?(?:believed|thought|feared|understood|presumed|suspected"
    r"|alleged|accused|disputed|blamed|quoted|rumou?red|supposed to have|known to have)"
    r"|whisper(?:s|ed|ing)? (?:of|that|about)|(?:speaks?|spoke|(?<!not )spoken) of|(?:no|any)body (?:disputes|denies|doubts)"
    r"|open secret|(?:has |had )?(?:since |later |now )?(?:emerged|transpired|turned out) that|(?:puts?|putting) (?:it|this|that) down to|(?:puts?|lays?|laid) the blame|reports of|claims? (?:of|that)|in (?:his|her|their) (?:own )?words|accounts (?:of|from|by|differ))\b"
)
TELLING = re.compile(
    r"(?<!\bthat )\bsaid\b|\bthat said\b(?!,)|(?<!\ball )\btold\b|\b(?:says|tells)\b"
    rf"|\b{WHO_SAY} (?:also |still |now |often |all |openly |privately |quietly |even )?{SAY}\b|\b{SAYS}\b|{HEARSAY}"
    r"|\b(?:he|she|who|it) (?:explains|claims|adds|asks|reports|mentions|notes)\b"
    r"|\baccording to\b|\bread,? [“\"]"
    r"|\b(?:reported|claimed|explained|recalled|complained|admitted|denied|insisted|warned|replied|answered that|shouted"
    r"|whispered|argued|alleged|testified|acknowledged|stressed|announced|declared|remarked|stated|asserted|lamented|joked"
    r"|confided|predicted|promised|disclosed|revealed|estimated|emphasi[sz]ed|urged|vowed|wondered|sighed|confessed|conceded"
    r"|boasted|grumbled|described|reckoned|(?<!are )(?<!is )asked(?! for\b)|(?<!never )wrote(?! off)|called (?:out|for|on)|contended|swore|sworn|recounted|remembered"
    r"|speculated|quipped|commented|(?<!longer )mentioned|suspected|believed|blamed|doubted|accused|denounced|condemned|critici[sz]ed"
    r"|quoted|cited|let slip|let it be known|made (?:it )?clear|refused to (?:say|comment)|declined to|instructed|decreed|testif\w+"
    r"|ordered (?:to|that|a|an|the|all|every\w*))\b"
    r"|\b(?:noted|confirmed|suggested|added|hinted|concluded|observed|maintained|implied|related) (?:that|how|why|[“\"])"
    r"|\b(?:confirmed|rejected|dismissed) (?:the|this|it|his|her|their|all|any) |[,”\"] ?(?:\w+ ){0,3}?(?:added|noted)\b"
    r"|\b(?:he|she|they|\w+er|\w+ent) added\b(?! to| salt)",
    re.IGNORECASE,
)

WHO = (
    r"(?:residents?|sources?|witness(?:es)?|eyewitness(?:es)?|traders?|merchants?|brokers?|farmers?|fishermen|workers?|drivers?|villagers?"
    r"|neighbou?rs?|locals|parents|relatives|families|officials?|cadres?|insiders?|defectors?|escapees?|activists?|analysts?|experts?"
    r"|observers|researchers?|diplomats?|survivors?|nurses?|doctors?|teachers?|students?|soldiers?|mothers?|fathers?|wom[ae]n|m[ae]n"
    r"|widows?|clerks?|guards?|shoppers?|staff|crew|police|lawyers?|monitors?|fore(?:man|men)|managers?|owners?)"
)
SAY_SO = (
    r"(?:say|tell|claim (?:to|that)|insist|complain|recall|swear|deny|admit|warn|maintain|contend|testify|doubt (?:that|whether)|believe|suspect"
    r"|describe|allege|argue|reckon|predict|think|expect|fear (?:that|for)|puts? (?:the|it|its|their))"
)
WHOSE = r"(?:the|his|her|their|one|an?|most|all|some|[\w-]+[’']s) (?:own )?"
# Who says so, where no verb of telling stands by the name: Bridge collapsed: residents. Sources inside the mill suspect it.
SPEAKER = re.compile(
    rf"(?:[:–—]| - ) ?(?:[\w’'-]+ ){{0,2}}?{WHO}(?: (?:in|of|from|near|inside|at) [\w’' -]{{1,40}})?[”\"]?\Z"
    rf"|^\W*(?:[\w’'-]+ ){{0,3}}?{WHO}(?: (?:in|of|from|near|inside|at) [\w’' -]{{1,40}}?)?(?:: |,? ?“”\W*\Z)"
    rf"|^\W*(?:[\w’'-]+ ){{0,3}}?{WHO} (?:in|of|from|near|inside|at|on|who)(?: [\w’'-]+){{1,5}}? {SAY_SO}\b"
    rf"|^\W*(?:Some|Many|Most|Several|A few|Others|All|Both|People|Those|Children)(?: (?:in|of|at|from|on|who|with))?(?: [\w’'-]+){{0,6}}? {SAY_SO}\b"
    rf"|,[”\"]? (?:he|she|they|(?:[\w’'-]+ ){{0,3}}?{WHO}(?: (?:in|of|at|from) (?:[\w’'-]+ ){{0,3}}?[\w’'-]+)?)"
    r" (?:confirmed|continued|added|noted|observed|concluded|recounted|went on)\b"
    rf"|,[”\"]? (?:[\w’'-]+ ){{1,7}}(?:say|believe|think|reckon)\b|\bsay (?:an? |one |two |some |the )?{WHO}\b|\b{WHO} claims?[.”\"]?\Z"
    rf"|\b(?:as|so) (?:{WHO}|he|she|they) (?:tells?|puts?|says?|sees?|remembers?|recalls?)\b"
    r"|\b(?:was|were|is|are|am) (?:\w+ )?(?:certain|sure|convinced|adamant|positive|sceptical|skeptical) (?:that|of|about|the|he|she|it|they)\b"
    r"|\b(?:nobody|no one|everyone|everybody|all|anyone|those|people|families) (?:that |whom )?(?:he|she|they|I) (?:knows?|knew|met|spoke)\b"
    r"|\b(?:he|she|they|we|I) (?:has|have|had) (?:heard|learned|learnt|been told)\b|\b(?:has|had|have) it (?:from [\w ]{1,40} )?that\b"
    r"|\b(?:writes?|texts|texted|messages|messaged) that\b|\bdoubts (?:that|whether|if)\b|\bputs? (?:it|this|that) (?:at|down)\b"
    r"|\bwhat (?:\w+ ){1,4}?(?:remembers?|recalls?|saw|heard|knows?)\b|\b(?:reads?|sees?|takes?|took) (?:it|this|that) as\b"
    rf"|\bby {WHOSE}(?:accounts?|count|estimates?|reckoning|recollection)\b|\bin {WHOSE}(?:view|opinion|estimation|judge?ment|recollection|account)\b"
    r"|\bin (?:his|her|their) (?:own )?telling\b|\bthe way (?:he|she|they) tells? it\b|\bto hear [\w ]{1,40}? tell it\b",
    re.IGNORECASE,
)

# A document that is named, whatever the verb: The law of 2020 bans it. Fares rose: KCNA.
DOCUMENT = re.compile(
    rf"(?<!-)\b(?:{SOURCE}|laws?|decrees?|statutes?|notices?|proclamations?|directives?|circulars?|resolutions?|regulations?|bylaws?|handbooks?"
    r"|textbooks?|minutes of|contracts?|ledgers?|receipts?|verdicts?|judge?ments?|indictments?|transcripts?|price lists?|trade tables?"
    r"|bills? of lading|manifests?|invoices?|bulletins?|timetables?|treat(?:y|ies)|constitution|the (?:\w+ )?code|[0-9]{4} act|act of [0-9]{4}"
    r"|articles? [0-9]+|annex|memorandum|footage|report|images?|figures from|figures show|decision (?:no|of|dated)"
    r"|(?:state|party|army|government)(?:[’']s)? (?:papers?|daily|organ|press|radio|agency))\b(?! (?:was|were|has been|had been|aside)\b(?! dated))"
    r"|\b(?:pictures?|photographs?|videos?|recordings?)\b(?: [\w’'-]+){0,8}? (?:shows?|showed)\b"
    r"|\b(?:order|letter|register|leaflet|budget|table|list|decision)s?\b[^.]{0,60}? (?:dated|says|reads|gives?|gave|names|lists|puts?|sets?|bans?|banned"
    r"|forbids?|forbade|requires?|required|has [0-9]|of [0-9]+ [A-Z])"
    r"|\bcustoms(?: (?:office|service|house|administration))? (?:puts?|gave|gives|counted|counts|recorded|records|lists?)\b",
    re.IGNORECASE,
)

# What somebody did to somebody, and what an office did to its own: an allegation, with or without a name.
HARM = re.compile(
    r"\b(?:purged|executed|execution of|arrest(?:ed|s of)|detained|imprisoned|jailed|interned|shot|killed|murdered|massacred|beaten|beat (?:up|him|her|them|the|an?)|caught by|was caught|on the run|(?:on|false) charges|tortured"
    r"|raped|assaulted|abducted|kidnapped|hanged|hung (?:him|her|them)sel\w+|stabbed|strangled|poisoned|sentenced|convicted|found guilty|pleaded guilty"
    r"|banished|exiled|deported|repatriated|expelled|dismissed|demoted|sacked|ousted|deposed|removed from (?:office|power|his|her|their|the (?:post|list|party))"
    r"|been removed|stripped of|reprimanded|punished|fined|charged with|indicted|interrogated|(?:led|taken|dragged|marched|driven) away"
    r"|handcuff\w*|house arrest|in custody|behind bars|taken (?:into|to) (?:custody|prison|a (?:labou?r|prison|re-?education) camp)|sent to an? (?:\w+ )?(?:camp|prison)"
    r"|starved|died|dies of|dying|drowned|(?:is|are|was|were|found|shot|left) dead|suicide|throats?|noose|rope (?:round|around)|lost (?:his|her|their) (?:post|job|rank|position|seat|office)s?|(?:paid|bribed) (?:off|to look away)|(?:took|lost) (?:his|her|their) (?:own )?(?:life|lives)"
    r"|caught (?:an?|the|him|her|them|two|three|several)|epidemic|cholera|typhoid|typhus|measles|(?:rat )?poison|made to (?:kneel|stand|confess|sign|watch)|forced to|robbed|mugged|threatened|intimidated|betrayed|informed on|spied on|(?:was|were|been) (?:questioned|reassigned|recalled|relieved of|sold (?:to|into|off as))|(?:was|were|been) (?:sent|taken|transferred|forced|summoned|called|marched) (?:to|away|before|into|off|back to)|missing|wounded|injured|rounded up|hauled (?:off|away|before)|blackmail\w*|extort\w*|smuggled|forged|counterfeit\w*|on trial|stood trial|firing squads?|gunshots?|gunfire|evicted|disbanded|sank|capsized|derailed|collapsed|caught fire|burn(?:ed|t) (?:down|to)|froze(?:n)? to death|vanished|disappeared|defected|deserted|escaped|fled|bombed|shelled|attacked|ambushed|raided|looted|seized|confiscated|ransacked"
    r"|fired (?:an?|the|at|on|into|upon)|opened fire|launched|detonated|exploded|explosion|mutin\w+|coup|riot(?:s|ed|ing)?"
    r"|appointed|promoted to|resigned|reshuffled|pardoned|amnestied|embezzle[ds]|embezzling|stole|bribe[ds]?"
    r"|trafficked|sabotage[ds]?|searched (?:the )?(?:home|house)s?|outbreak|infected)\b"
    r"|\b(?:women|girls|wives|daughters|children|officials?|ministers?|officers?|managers?|directors?|secretar(?:y|ies)|cadres?|generals?|ambassadors?|envoys?|inspectors?)\b"
    r"(?: [\w’'-]+){0,5}? (?:was|were|been) (?:sold|replaced|removed|transferred|changed|swapped)\b"
    r"|\b(?:\w+s|who|they|people|men|women|children) (?:die|flee|defect|starve|vanish|disappear|kill|arrest|execute|beat|shoot|torture|rape|steal)\b",
    re.IGNORECASE,
)
# Somebody who is given no name did or suffered something: A mother of two ..., One of the guards ....
SOMEBODY = re.compile(
    r"^\W*(?:An?|Another|One of (?:the|his|her|their)) (?:\w+[ -]){0,3}?(?:man|woman|mother|father|boy|girl|child|student|pupil|teacher|doctor|nurse|soldier|sergeant|lieutenant"
    r"|captain|colonel|general|guards?|officer|officials?|agents?|trader|smuggler|broker|driver|worker|miner|farmer|fisherman|resident|neighbour|neighbor|couple|family|cadre"
    r"|secretary|manager|director|clerk|defector|prisoner|conscript|pensioner|widow|deserter|diplomat|policeman|engineer|technician|singer|actor|actress|athlete|sailor)\b"
    r"(?: [\w’'-]+){0,8}? (?:was|were|had|did|[a-z]{2,}ed|went|left|took|gave|made|drove|ran|fell|lost|got|found|kept|sold|bought|paid|threw|broke|drank|put|set|hid|came|sent|brought|tore|hit|spent|slept|won)\b"
)
# An office that did something.
OFFICE = re.compile(
    r"\b(?:authorities|government|regime|state|ministry|party|police|army|military|navy|leadership|politburo|parliament|court|courts"
    r"|prosecutors?|security (?:agency|agents|service|forces)|agents|bureau|committee|embassy|cabinet|troops|border guards)"
    r" (?:has |have |had )?(?:now |also |then |since |even |quietly |recently )?(?!(?:used|looked|seemed|wanted|needed)\b)"
    r"(?:[a-z]{2,}ed|sent|cut|shut|put|took|made|gave|set up|built|drew|broke|told|brought|withdrew|began|laid)\b",
    re.IGNORECASE,
)


def rests_on_a_record(sentence: str) -> bool:
    """Whether it says what a newspaper, a statistic, a picture from space shows."""
    return RECORD.search(sentence) is not None


def tells(sentence: str) -> bool:
    """Whether it passes on somebody's words."""
    return TELLING.search(sentence) is not None


def alleges(sentence: str) -> bool:
    """Whether it says that somebody was harmed, or punished, or put into office or out of it."""
    return any(sign.search(sentence) for sign in (HARM, OFFICE, SOMEBODY))
