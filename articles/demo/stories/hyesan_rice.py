from articles.demo.telling import STATEMENT, Linked, Mended, Shown, Stated, Story, Word

STORY = Story(
    stage="in print",
    language="ko",
    slug="혜산-장마당-쌀값-내림세",
    section="prices",
    author="reporter",
    byline="han-yeoul",
    headline="혜산 장마당 쌀값, 석 달 만에 내림세",
    standfirst="앞지대에서 올라오는 물량이 늘면서 1kg 값이 이달 들어 10분의 1가량 내렸다. 옥수수는 제자리다.",
    tags=("쌀값", "장마당", "혜산"),
    body="""
량강도 혜산시 장마당의 쌀값이 석 달 만에 내림세로 돌아섰다. 이달 초 1kg에 9,200원 하던 쌀이 최근 8,300원에 팔리고 있다고 현지 소식통들이 전했다.

혜산시 소식통은 “도매꾼들이 물건을 쥐고 있지 않고 그날그날 풀고 있다”며 “아침에 부른 값을 낮에 다시 깎는 일이 이어진다”고 전했다.

량강도 소식통도 같은 흐름을 전했다. 그는 “앞지대에서 올라오는 차가 눈에 띄게 많아졌다”면서 “큰 장사꾼들이 먼저 값을 내렸고 매대 상인들이 따라갔다”고 말했다.

옥수수값은 큰 변화가 없다. 1kg에 2,900원 안팎으로 지난달과 비슷한 수준이다.

쌀값이 내리자 매대 앞 풍경도 달라졌다. 한 번에 1kg씩 사던 손님들이 2~3kg씩 덜어 가는 일이 늘었다고 한다.

혜산시 소식통은 “눅을 때 쌀독을 채워 두려는 사람이 많다”며 “그래도 한 달 먹을 것을 한꺼번에 사는 집은 드물다”고 했다. ‘눅다’는 값이 싸다는 뜻이다.

값이 더 내릴지는 두고 봐야 한다. 량강도 소식통은 “앞지대 차편이 끊기면 이틀 만에 도로 오른다”며 “상인들은 내림세가 다음 달까지 갈지 지켜보고 있다”고 전했다.
""",
    figures=(
        Shown(
            "Market street at dusk",
            alt="해 질 무렵 산 아래 장마당. 줄무늬 차양을 친 매대가 줄지어 늘어서 있고 등불이 켜져 있다.",
            caption="해 질 무렵의 장마당.",
        ),
    ),
    links=(
        Linked(
            url="https://www.fao.org/worldfoodsituation/foodpricesindex/en/",
            title="유엔 식량농업기구(FAO) 세계 식량가격지수",
        ),
    ),
    facts=(
        Stated(
            "혜산시 장마당의 쌀 1kg 값이 이달 초 9,200원에서 최근 8,300원으로, 석 달 만에 내렸다.",
            (Word("hyesan source", "took_part"), Word("ryanggang source")),
            stated_in=("혜산 장마당 쌀값", "10분의 1가량", "장마당의 쌀값이 석 달 만에", "9,200원 하던 쌀이"),
        ),
        Stated(
            "앞지대에서 혜산시 장마당으로 올라오는 쌀이 늘었다.",
            (Word("hyesan source", "took_part"), Word("ryanggang source")),
            stated_in=("올라오는 물량이",),
        ),
        Stated(
            "혜산시 장마당의 옥수수 1kg 값은 2,900원 안팎으로 지난달과 비슷하다.",
            (Word("hyesan source", "took_part"), Word("ryanggang source")),
            stated_in=("옥수수는 제자리다", "옥수수값은 큰 변화가", "비슷한 수준이다"),
        ),
        Stated(
            "쌀값이 내린 뒤 쌀을 한 번에 2~3kg씩 사 가는 손님이 늘었다.",
            (Word("hyesan source"), Word("hyesan resident"), Word("ryanggang source", "was_told")),
            stated_in=("매대 앞 풍경도", "한 번에 1kg씩"),
        ),
        Stated(
            "혜산시 소식통은 도매꾼들이 쌀을 쥐고 있지 않고 그날그날 풀며, 아침에 부른 값을 낮에 다시 깎는다고 말했다.",
            (Word("hyesan source", "said"),),
            STATEMENT,
            stated_in=("도매꾼들이",),
        ),
        Stated(
            "량강도 소식통은 앞지대에서 올라오는 차가 많아졌고, 큰 장사꾼들이 먼저 값을 내리자 매대 상인들이 따라갔다고 말했다.",
            (Word("ryanggang source", "said"),),
            STATEMENT,
            stated_in=("같은 흐름을", "큰 장사꾼들이"),
        ),
        Stated(
            "혜산시 소식통은 쌀독을 채워 두려는 사람이 많지만 한 달 먹을 것을 한꺼번에 사는 집은 드물다고 말했다.",
            (Word("hyesan source", "said"),),
            STATEMENT,
            stated_in=("쌀독을",),
        ),
        Stated(
            "량강도 소식통은 앞지대 차편이 끊기면 이틀 만에 값이 도로 오르고, 상인들은 다음 달까지 내릴지 지켜본다고 말했다.",
            (Word("ryanggang source", "said"),),
            STATEMENT,
            stated_in=("차편이 끊기면",),
        ),
    ),
    mended=Mended(
        wrong="1kg에 2,900원 안팎으로",
        right="1kg에 2,700원 안팎으로",
        fact_wrong="혜산시 장마당의 옥수수 1kg 값은 2,900원 안팎으로 지난달과 비슷하다.",
        fact_right="혜산시 장마당의 옥수수 1kg 값은 2,700원 안팎으로 지난달과 비슷하다.",
        note="처음 실은 기사에서 옥수수 1kg 값을 2,900원 안팎이라고 적었습니다. 2,700원 안팎이 맞아 바로잡습니다.",
    ),
)
