"""Which words of a Korean sentence are names.

Korean shows no name by its spelling. Four signs are read: a title behind a word (최선희 외무상, 마체고라 대사), the shape of
a surname with a given name before a particle (리영호는), syllables that only words from abroad have (푸틴이), and lists: of
places, and of ordinary words of the same shape (``sources/words/korean.txt``), which are no names.
"""

from __future__ import annotations

import re

from sources.words import words_of

# Case endings and what else may follow a noun; behind a short name anything else makes it another word (무산됐다, 원산지).
BEHIND_A_NOUN = (
    r"(?![가-힣])|(?:은|는|이|가|을|를|의|에|서(?![가-힣])|로|으로|와|과|도|만|까지|부터|보다|처럼|이나|나|이며|이다|이었|였|행|발|쪽|산(?![업지])|씩|째"
    r"|가량|쯤|정도|뒤|후|전|동안|사이|간|마다|안팎|밖에|당|짜리|남짓|넘|이상|이하|여|들)"
)
PLACES = re.compile(
    r"[량양]강도|함경[남북]도|평안[남북]도|황해[남북]?도|강원도|자강도|(?<![가-힣])(?:함[남북]|평[남북])(?![가-힣])"
    r"|(?<![가-힣])(?:평양|서울|남포|라선|나선|단둥|연길|심양|베이징|모스크바|블라디보스토크|워싱턴|도쿄|북한|남한|한국|중국|러시아|일본|미국|유엔"
    r"|북중|북러|조중|남북)(?:(?!으)[은는이가을를의에로와과도만산제인행발군측식]|에서|으로|까지|부터|\b|(?=[^가-힣]))"
    r"|(?<![가-힣])조선(?=[의은이을과에 ]|민|인민|로동|중앙)|[로노]동당|인민군|최고인민회의|통일부|국정원|국가정보원|(?:농업|보위|안전|외무|국방|보건|교육|무역)성(?=[은이을의에과 ])"
    r"|(?:두만|압록|대동|예성|청천|장진|재령)강|백두산|금강산|묘향산"
)
# Towns and counties of the North that are no words besides, and names from abroad.
ELSEWHERE = re.compile(
    r"(?<![가-힣])(?:강계|만포|희천|송원|룡림|용림|초산|삼지연|대홍단|보천|갑산|풍서|운흥|삼수|김정숙군|김형직군|온성|경원|경흥|부령|연사|어랑|길주|명천|화대|김책|함흥|단천"
    r"|신포|북청|리원|이원|덕성|홍원|락원|정평|금야|요덕|장진|부전|허천|신의주|의주|룡천|용천|염주|철산|동림|선천|곽산|정주|구성|태천|삭주|벽동|박천|녕변|영변|향산|순천|덕천|개천|안주"
    r"|평성|숙천|문덕|증산|온천군|맹산|양덕|사리원|송림|봉산|은파|린산|서흥|수안|곡산|신계|토산|해주|옹진|강령|벽성|재령|안악|은률|과일군|장연|룡연|문천|원산|안변|고산군|세포군|평강|철원"
    r"|이천군|판교군|법동|통천|금강군|고성군|회령|무산군|청진|혜산|중강|자성|화평군|모란봉|평천|선교|만경대|순안|룡성|은정|력포|강동군|중화군|라진|나진|선봉|두만강역|남양|장백|도문|투먼|훈춘|집안시"
    r"|연변|옌볜|장춘|창춘|하얼빈|대련|다롄|상하이|상해|홍콩|마카오|하산|하바롭스크|우수리스크|사할린|모스크바|우크라이나|쿠르스크|키이우|벨라루스|몽골|울란바토르|베트남|윁남|하노이|라오스"
    r"|캄보디아|태국|방콕|싱가포르|말레이시아|쿠알라룸푸르|인도네시아|필리핀|이란|시리아|이스라엘|쿠바|독일|프랑스|영국|제네바|뉴욕|유럽|속초|부산|인천|파주|강릉|판문점|비무장지대|개성공단|휴전선"
    r"|평택|수원|대전|대구|광주|울산|제주|춘천|포항|원주|청주|전주|목포|여수|진해|오산|의정부|동두천|연천|포천|김포|고양|안산|성남"
    r"|꾸바|로씨야|뽈스까|웽그리아|도이췰란드|에스빠냐|캄보쟈|메히꼬|벌가리아|체스꼬|수리아|에짚트|뛰르끼예|튀르키예|총련|조총련|적십자|세계식량계획|유니세프|안보리|유럽연합|나토|국제원자력기구|하나원|연변대학|김일성종합대학|김책공업종합대학|삼성|엘지|현대차|화웨이|샤오미|고려항공|만수대|려명|아리랑축전|창광원|옥류관|류경"
    r"|백두|한라|칠보산|구월산|마식령|묘향|낙동강|한강|림진강|임진강|통일거리|려명거리|미래과학자거리)(?:시|군|구역|역|항|강|산|"
    + BEHIND_A_NOUN
    + ")"
)
# Two syllables at least before the ending, and none of the many plain words that end so.
DIVISION = re.compile(
    r"(?<![가-힣])([가-힣]{2,5}(?:시|군|구역|역|읍))(?=(?:의|은|는|이|가|을|를|에|에서|에는|에도|으로|로|과|와|도|까지|부터)?(?![가-힣]))"
)
NO_DIVISION = re.compile(
    r"(?:지|영|무|통|전|병|방|검|광|내|용|노|해|수|유|권|기차|전철|지하철|버스|종착|출발|시발|간이|열차|중간|환승|반)역\Z"
    r"|(?:도|지|감|무|게|전|제|당|잠|동|임|즉|표|일|역|다|혹|몹|상|반드|수|암|응|중|경|등|거|적|유사|필요|비상|위반|또다|멸|과|계|예|명|개|행)시\Z"
    r"|(?:미|해|공|육|국|적|아|반|대|장|한국|연합|정부|정규|점령)군\Z"
    r"|(?:통제|금지|보호|제한|경비|군사|개방|특별|관리|담당|위험|작업|공동|비행|이|그|저|각|전|주거)구역\Z|\A구역\Z"
)

# A market, a mine or a school with a name of its own before it, in one word.
SITE = re.compile(
    r"(?<![가-힣])([가-힣]{2,5})(시장|장마당|광산|탄광|교화소|관리소|수용소|제철소|제강소|련합기업소|기업소|발전소|비행장|호텔|대학|중학교|소학교|협동농장|농장|목장|여단|려단|사단|군단)"
    rf"(?:{BEHIND_A_NOUN}| 어귀| 앞| 근처)"
)
# What kind of market or mine it is.
NO_SITE = re.compile(
    r"(?:농민|종합|국제|지하|노천|골목|야|암|도매|소매|도시|지역|국내|해외|세계|중앙|지방|현지|주변|공설|수산물|농산물|중고|노동|금융|주식|외환|부동산|청년|석탄|국영|협동|개인|공동|"
    r"정치범|집단|난민|포로|외국인|강제|수력|화력|태양광|풍력|원자력|소형|중소형|대형|민간|군용|국제|관광|외화|사범|의학|공업|농업|교원|경제|음악|종합|고등|초등|외국어|"
    r"도서|문화재|시장|건물|아파트|기차|부업|남새|과수|가금|돼지|닭|염소|축산|군부대|국경|경비|보병|포병|기계화|저격|공군|해군|방사포|작은|큰|옛|새|이웃|인근|주요|가축|우|증권)\Z"
)

SURNAME = (
    r"(?:남궁|황보|선우|[김이리박최정조강윤장림임오한신서권황안송류유홍전고문양손배백허남심노로하곽성차주우구나라민진지엄채원천방공현함변염여추도소석"
    r"선설마길연위표명기왕금옥육인맹제모탁국어은편용])"
)
TITLE = (
    r"(?:위원장|부위원장|장관|차관|총비서|책임비서|당비서|비서|부부장|부장|실장|국장|과장|사장|회장|대표|대통령|총리|주석|대사|공사|대변인|사무총장|총장|외무상|국방상"
    r"|[가-힣]{2}상|상|사령관|부총리|서기장|서기관|참사|교수|박사|선생|목사|신부|의원|소장|중장|대장|상장|원수|차수|대좌|상좌|중좌|소좌|대위|중위|소위|상위|상사|중사|하사"
    r"|인민반장|반장|지배인|기사장|단장|려단장|여단장|사단장|중대장|소대장|정치위원|정치지도원|지도원|보위원|안전원|여사|기자|감독|선수|작가|시인|화백|변호사|연구원"
    r"|국무장관|보좌관|특별보좌관|특보|주지사|의장|상임위원장|외교관|영사|총영사|무관|특사|특별대표|총참모장|총정치국장|제1부부장)"
)
# Whoever bears one of these is a head of state or an envoy, and the word before it a name or a country.
OFFICE = r"(?:차관|부상|보좌관|주지사|외교부장|국방부장|외상|총서기|의장|영사|총영사|대통령|총리|국가주석|주석|국무장관|외교장관|외무장관|국방장관|장관|외무상|사무총장|대변인|대사|특사|부부장|총비서|서기장|국왕|총통|교황)"
# Syllables of given names; with them alone 장마당 or 배급소 are none.
FIRST = (
    "철수영희광명성일은정남국혁진호준현민석용룡학봉춘금옥순숙경애화선미향란련심복만덕상원태환훈식종창기길근동병승재주지해인윤연예유월을응운우익충천두대"
    "달도무문백범보삼세소송시신언여열완의장점제조중채청초치택평필하한형홍효흥령룩설솔수슬아가강건걸견계관규균극나난노다단라래류률리림마매맹면목"
)
SECOND = (
    "철수영희광명성일은정남국혁진호준현민석용룡학봉춘금옥순자숙경애화선미향란련심복녀만덕상원태환훈식종창길근동병승재주지해인윤연월웅익충천두배범보삼"
    "섭세술신실아안억언업엽열완우욱운임조찬채청출택평필하학한헌형홍효흥걸건곤관권규균극나난남노단담라래령례룡루률린림별빈산설솔슬송기표백"
)
# 철 or 혁 alone, as many have it in the North.
ALONE = "[철혁진명영일광룡용호웅현남훈준석건협식억민찬걸성경]"
NOTED = r"[김리박최조윤장림임오한서권황안류유홍고문양손배백허남심로노차주구민채원현함변염태계강정송이신전곽엄성진하우지천방길]"
# 은, 이, 을, 과 stand behind a consonant; what they stand behind is looked at in ``_is_a_person``.
PARTICLE = r"(은|는|이|가|을|를|의|에게|에게서|에게는|한테|께서|께|와|과|도|만|이다|이었다|였다|이라는|라는|이나|처럼|조차|마저|씨)(?![가-힣])"
NAMED = re.compile(rf"(?<![가-힣])({NOTED}[{FIRST}][{SECOND}])(?:{PARTICLE}|(?=,))")
BEHIND_A_CONSONANT, BEHIND_A_VOWEL = (
    frozenset(["은", "이", "을", "과", "이다", "이었다", "이라는", "이나"]),
    frozenset(["는", "가", "를", "와", "였다", "라는"]),
)
NO_NAME = re.compile(r"(?:하기|하지|하면|하며|해서|[가-힣]{2}적|했기|하나)\Z")

PERSON = re.compile(
    rf"(?<![가-힣])(?:김[{FIRST}][{SECOND}]|[리박최윤권][{FIRST}](?![한인은해])[{SECOND}]) (?=[가-힣])"
    rf"|[가-힣]{{2}}이네(?:는|가|의|도|집)?(?![가-힣])"
    rf"|(?<![가-힣]){SURNAME}(?:[가-힣]{{1,2}}| ?모)? ?씨(?![앗족름줄])(?:{BEHIND_A_NOUN})"
    rf"|(?<![가-힣]){SURNAME}(?:[{FIRST}][가-힣])? {TITLE}(?:{BEHIND_A_NOUN})"
    rf"|(?<![가-힣]){NOTED}{ALONE} {TITLE}(?:{BEHIND_A_NOUN})"
    rf"|(?<![가-힣]){NOTED}(?:[{FIRST}][{SECOND}]|(?<=[김박최리조윤장림임오서권황류유홍손배백허노])| ?모) (?:군|양)(?:은|는|이|을|를|의|과|도|에게)(?![가-힣])"
    r"|(?<![가-힣])(?:김(?![치장매밥칫빠포])|박(?![람물격스수사쥐해탈자막])|최(?![고근소대종초저신전후선상악적하장우첨다]))[가-힣]{2}(?:은|는|이|가|의|을|를|에게|와|과|도)(?![가-힣])"
)
OFFICER = re.compile(rf"(?<![가-힣])([가-힣]{{2,7}}) {OFFICE}(?:{BEHIND_A_NOUN})")
# 새 총리, 전직 장관, 어느 나라의 대사: no name stands before the title.
NO_OFFICER = re.compile(
    r"(?:은|는|의|던|된|한|할|인|을|를|에|서|로|와|과|도|및|직|임|대|번|날|제|각국|외국|나라|양국|차기|후임|당시|현지|여러|모든|어느|다른|해당|군부|정부|내각|공식)\Z"
)
LEADERS = (
    r"(?:푸틴|트럼프|바이든|오바마|부시|시진핑|습근평|후진타오|리커창|리창|왕이|왕야쥔|자오러지|라브로프|쇼이구|벨로우소프|메드베데프|페스코프|자하로바|마체고라|코제먀코|젤렌스키"
    r"|아베|기시다|이시바|다카이치|고이즈미|마크롱|메르켈|숄츠|메르츠|스타머|존슨|루카셴코|구테흐스|반기문|폼페이오|블링컨|루비오|볼턴|비건|헤그세스|밴스|설리번|오스틴|해리스"
    r"|두테르테|마르코스|모디|에르도안|네타냐후|하메네이|알아사드|카스트로|디아스카넬|마두로|룰라|또럼|통룬|훈센|수키|윤석열|이재명|문재인|박근혜|이명박|노무현|김대중"
    r"|로드먼|킨타나|살몬|그로시|바그너|스탈린|레닌|마오쩌둥|모택동|등소평|호찌민)"
)
LEADER = re.compile(rf"(?<![가-힣]){LEADERS}(?:{BEHIND_A_NOUN}|[이가]?[를을]|측|에게|한테|께|식)")
# A word from abroad, known by a syllable that no Korean root has.
ABROAD = re.compile(
    r"(?<![가-힣])((?=[가-힣]{0,5}(?:[브흐츠즈쿠롱뱌쇼슈첸켄덴닉켈펠옐블플뤼틴핑빌폴핀]|[프트크](?![리려렸릴린게고니면])))[가-힣]{2,7}?)(은|는|이|가|을|를|의|에게|와|과|도|에서|에)(?![가-힣])"
)
NATIVE_ROOT = re.compile(
    r"[아슬고][프]|푸르|나쁘|바쁘|예쁘|기쁘|가쁘|흐르|흐린|흐려|흐트|즈음|츠려|쿠리|쿠린|브러|블리|블로|빌[리려린]|빌딩|롱[이하]|켄다|크[다기]|크게|퍼센트|핑계|핑크"
)
LATIN = re.compile(r"(?<![A-Za-z])(?!(?:TV|OK|PC|CD|DVD|USB|LED|SIM|SD|QR|SNS|CCTV)(?![A-Za-z]))[A-Z][A-Za-z.]+")


def names_somebody(sentence: str) -> bool:
    """Whether it names a person, a known place, a town or district by its ending, or anything in Latin letters."""
    if any(sign.search(sentence) for sign in (PERSON, LEADER, PLACES, ELSEWHERE, LATIN)):
        return True
    return (
        any(not NO_DIVISION.search(found[1]) for found in DIVISION.finditer(sentence))
        or any(not NO_SITE.search(found[1]) for found in SITE.finditer(sentence))
        or any(_is_a_person(*found.groups()) for found in NAMED.finditer(sentence))
        or any(not NO_OFFICER.search(found[1]) for found in OFFICER.finditer(sentence))
        or any(_is_from_abroad(*found.groups()) for found in ABROAD.finditer(sentence))
    )


def people_in(sentence: str) -> list[str]:
    """The persons whom it names by a name of the usual shape, with a title or without."""
    named = [found[1] for found in NAMED.finditer(sentence) if _is_a_person(*found.groups())]
    return [*named, *(found[0] for found in LEADER.finditer(sentence))]


def _is_a_person(name: str, particle: str | None) -> bool:
    """A surname with a given name whose particle fits its last syllable, and that is no word of every day."""
    closed = (ord(name[-1]) - ord("가")) % 28 > 0
    if particle in (BEHIND_A_VOWEL if closed else BEHIND_A_CONSONANT):
        return False
    return name not in words_of("korean") and not NO_NAME.search(name)


def _is_from_abroad(word: str, particle: str) -> bool:
    closed = (ord(word[-1]) - ord("가")) % 28 > 0
    if particle in (BEHIND_A_VOWEL if closed else BEHIND_A_CONSONANT) or NATIVE_ROOT.search(word):
        return False
    # 승용트럭, 비닐벨트: the loan word closes the compound.
    loans = words_of("korean")
    return not any(word[start:] in loans for start in range(len(word) - 1))
