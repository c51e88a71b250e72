from articles.demo.telling import STATEMENT, Stated, Story, Word

STORY = Story(
    stage="in review",
    language="ko",
    slug="평성-이불감-장사",
    section="economy",
    author="reporter",
    byline="han-yeoul",
    headline="평성 시장에 이불감 장사 늘었다",
    standfirst="완제품보다 천과 솜을 따로 사 집에서 누비는 사람이 많아졌다.",
    tags=("평성", "장마당", "생활"),
    body="""
평안남도 평성시 시장에서 이불을 통째로 사기보다 천과 솜을 따로 끊어 가는 손님이 늘었다고 현지 소식통들이 전했다.

평성시 소식통은 “천은 자로 끊고 솜은 근으로 달아 판다”며 “집에서 누비면 사는 값의 3분의 2면 된다”고 전했다. 값은 따로 확인하지 못했다.

평안남도 소식통은 “재봉기 있는 집에 일감이 몰린다”면서 “삯으로 쌀을 받는 집도 있다”고 말했다.

가장 많이 찾는 것은 얇게 누빈 홑이불이다. 걷어 두기 쉽고 사철 쓸 수 있어서라고 한다.
""",
    facts=(
        Stated(
            "평성시 시장에서 이불 대신 천과 솜을 따로 사 가는 손님과 그것을 파는 장사가 늘었다.",
            (Word("pyongsong source", "took_part"), Word("south pyongan source")),
            stated_in=("이불감 장사", "완제품보다", "천과 솜을 따로 끊어"),
        ),
        Stated(
            "가장 많이 찾는 것은 걷어 두기 쉽고 사철 쓸 수 있는 얇게 누빈 홑이불이다.",
            (Word("pyongsong source"), Word("south pyongan source")),
            stated_in=("얇게 누빈 홑이불", "사철 쓸 수"),
        ),
        Stated(
            "평성시 소식통은 천은 자로 끊고 솜은 근으로 달아 팔며, 집에서 누비면 사는 값의 3분의 2면 된다고 말했다.",
            (Word("pyongsong source", "said"),),
            STATEMENT,
            stated_in=("근으로 달아",),
        ),
        Stated(
            "평안남도 소식통은 재봉기 있는 집에 일감이 몰리고, 삯으로 쌀을 받는 집도 있다고 말했다.",
            (Word("south pyongan source", "said"),),
            STATEMENT,
            stated_in=("재봉기 있는 집",),
        ),
    ),
)
