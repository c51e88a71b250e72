from articles.demo.telling import STATEMENT, Changed, Stated, Story, Word

STORY = Story(
    stage="signed",
    language="ko",
    slug="신의주-강변-살얼음",
    section="border",
    author="reporter",
    byline="han-yeoul",
    headline="지난겨울 신의주 강변, 얼음 두께 얇았다",
    standfirst="나룻배가 예년보다 보름 늦게까지 다녔다.",
    tags=("날씨", "신의주", "압록강"),
    body="""
지난겨울 평안북도 신의주시 앞 압록강의 얼음이 예년보다 얇게 얼었다고 현지 소식통들이 전했다.

신의주시 소식통은 “얼음 위로 짐을 나르던 길이 올해는 나지 않았다”며 “나룻배가 보름쯤 늦게까지 다녔다”고 전했다.

평안북도 소식통은 “강변에서 얼음을 잘라 보관하던 집들이 애를 먹었다”고 말했다.
""",
    facts=(
        Stated(
            "지난겨울 신의주시 앞 압록강의 얼음이 예년보다 얇게 얼었다.",
            (Word("sinuiju source"), Word("north pyongan source")),
            stated_in=("얼음 두께", "예년보다 얇게"),
        ),
        Stated(
            "지난겨울 신의주시 앞 나룻배가 예년보다 보름쯤 늦게까지 다녔다.",
            (Word("sinuiju source", "took_part"), Word("north pyongan source")),
            stated_in=("예년보다 보름",),
        ),
        Stated(
            "신의주시 소식통은 얼음 위로 짐을 나르던 길이 올해는 나지 않았고, 나룻배가 보름쯤 늦게까지 다녔다고 말했다.",
            (Word("sinuiju source", "said"),),
            STATEMENT,
            stated_in=("짐을 나르던 길",),
        ),
        Stated(
            "평안북도 소식통은 강변에서 얼음을 잘라 보관하던 집들이 애를 먹었다고 말했다.",
            (Word("north pyongan source", "said"),),
            STATEMENT,
            stated_in=("얼음을 잘라",),
        ),
    ),
    changed=Changed(
        wrong="예년보다 얇게 얼었다고",
        right="예년보다 훨씬 얇게 얼었다고",
        fact_wrong="지난겨울 신의주시 앞 압록강의 얼음이 예년보다 얇게 얼었다.",
        fact_right="지난겨울 신의주시 앞 압록강의 얼음이 예년보다 훨씬 얇게 얼었다.",
    ),
)
