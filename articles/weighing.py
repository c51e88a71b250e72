"""What weighs too much for one person's word: a figure, or an accusation of somebody by name.

A statement is printed as hers who made it, on one recorded talk. Where it gives a figure or accuses a named person, the
gate also asks for an event that carries it, or for the words that we could not confirm it (``gate_statement_blockers``).
Rules of words, as in ``articles.claims``: they lean towards finding too much.
"""

from __future__ import annotations

import re
from typing import Literal

from articles import claims_in_english, claims_in_korean
from articles.sentences import Language

Weight = Literal["figure", "accusation"]

# Counts of people, money and goods: what is checked in a ledger. That something took two days, as people say, is none.
COUNT = r"(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
COUNTED = (
    r"(?:people|persons|men|women|children|workers|soldiers|guards|officers|officials|families|households|houses|homes"
    r"|prisoners|students|traders|dead|injured|won|yuan|dollars|euros|kilos?|kilogram\w*|tonnes?|tons?|sacks?|litres?)"
)
ENGLISH_FIGURE = re.compile(
    rf"\d|\b(?:hundreds?|thousands?|millions?|billions?|dozens?|scores of|per ?cent)\b|\b{COUNT}\b(?: \w+)? {COUNTED}\b",
    re.IGNORECASE,
)
KOREAN_FIGURE = re.compile(
    r"[0-9０-９]|[수몇]?[십백천만억]여? ?(?:명|사람|원|달러|위안|톤|kg|킬로|채|대|가구|세대|마리|자루|퍼센트|프로)"
    r"|(?<![가-힣])(?:두|세|네|다섯|여섯|일곱|여덟|아홉|열|스무|서른|마흔)(?:세|네|댓)?여? ?(?:명|사람|가구|세대|채)"
)

# What a person may be charged with before a court, or would lose her name by.
ENGLISH = re.compile(
    r"\b(?:kill|murder|shoot|stab|beat|torture|rape|abuse|assault|molest|harass|rob|steal|embezzle|bribe|extort|blackmail"
    r"|smuggle|traffic|defraud|cheat|swindle|kidnap|abduct|execute|poison|threaten|betray|denounce|forge|hoard|burn|spy"
    r"|pocket|starve|purge|arrest|detain|imprison)(?:s|es|ed|d|ing|ning|ped|ped|ked|king|en)?\b"
    r"|\b(?:shot|stole|stolen|beaten|robbed|robbing|trafficked|lied|lies|lying|corrupt(?:ion|ly)?|bribes?|bribery|thefts?"
    r"|thief|murderer|killer|informer|informed on|covered up|covering up|cover-up|took money|takes money|crimes?|guilty"
    r"|embezzlement|smugglers?|spies|drunk|mistress|affair)\b",
    re.IGNORECASE,
)
KOREAN = re.compile(
    r"죽[였이인]|살해|살인|쐈|쏘[았아는]|쏴|총살|때[렸리린]|구타|폭행|고문|성폭|강간|추행|훔[쳤치친]|도둑질|절도|빼돌|횡령|착복|뇌물|갈취|밀수"
    r"|인신매매|사기(?:를|쳤|꾼| )|협박|납치|처형|독살|위협|밀고|배신|은폐|부정부패|부패|비리|빼앗|강탈|숙청|체포|구금|간첩|범죄|거짓말|불륜"
)


def weighs(sentence: str, language: Language) -> Weight | None:
    """Why a sentence can't stand on one person's word alone, or None."""
    korean = language == "ko"
    if (KOREAN_FIGURE if korean else ENGLISH_FIGURE).search(sentence):
        return "figure"
    names_somebody = (claims_in_korean if korean else claims_in_english).names_somebody
    if (KOREAN if korean else ENGLISH).search(sentence) and names_somebody(sentence):
        return "accusation"
    return None
