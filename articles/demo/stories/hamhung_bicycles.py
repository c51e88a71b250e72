from articles.demo.telling import STATEMENT, Stated, Story, Word

STORY = Story(
    stage="pulled",
    language="ko",
    slug="함흥-중고-자전거",
    section="economy",
    author="reporter",
    byline="han-yeoul",
    headline="함흥서 중고 자전거 찾는 손길 늘어",
    standfirst="새것의 절반 값에 바퀴와 사슬만 갈아 판다. 짐받이를 넓힌 것이 먼저 나간다고 함흥시 주민은 전한다.",
    tags=("자전거", "함흥", "장마당"),
    body="""
함경남도 함흥시 장마당에서 중고 자전거를 찾는 사람이 늘고 있다고 현지 소식통들이 전했다.

값은 새것의 절반가량이다. 바퀴와 사슬을 새로 갈고 칠을 다시 해 내놓는데, 손본 지 하루 만에 팔리는 일도 있다고 한다.

함흥시 주민은 “짐받이를 넓힌 것이 먼저 나간다”며 “쌀 한 마대를 싣고도 흔들리지 않아야 값을 쳐준다”고 전했다.

함경남도 소식통은 “버스를 기다리느니 자전거를 타겠다는 사람이 많다”면서 “출근길에 자전거 세울 자리가 모자란다”고 말했다.

수리 매대도 덩달아 바빠졌다. 구멍 난 튜브를 때우는 일이 가장 많고, 안장을 손보는 일이 그다음이다.

함흥시 주민은 “손재주 있는 사람은 버려진 두 대로 한 대를 만든다”며 “그런 자전거는 값이 눅어 학생들이 찾는다”고 했다.
""",
    facts=(
        Stated(
            "함흥시 장마당에서 중고 자전거를 찾는 사람이 늘고 있다.",
            (Word("south hamgyong source"), Word("hamhung resident")),
            stated_in=("찾는 손길", "찾는 사람이 늘고"),
        ),
        Stated(
            "중고 자전거는 바퀴와 사슬을 갈고 칠을 다시 해 새것의 절반가량에 팔리며, 하루 만에 팔리기도 한다.",
            (Word("south hamgyong source"), Word("hamhung resident", "took_part")),
            stated_in=("새것의 절반 값에", "값은 새것의", "하루 만에 팔리는"),
        ),
        Stated(
            "함흥시 주민은 짐받이를 넓힌 자전거가 먼저 나가고, 쌀 한 마대를 싣고도 흔들리지 않아야 값을 쳐준다고 말했다.",
            (Word("hamhung resident", "said"),),
            STATEMENT,
            stated_in=("주민은 전한다", "쌀 한 마대를"),
        ),
        Stated(
            "함경남도 소식통은 버스 대신 자전거를 타겠다는 사람이 많고, 출근길에 세울 자리가 모자란다고 말했다.",
            (Word("south hamgyong source", "said"),),
            STATEMENT,
            stated_in=("버스를 기다리느니",),
        ),
        Stated(
            "함흥시 장마당의 자전거 수리 매대가 바빠졌고, 구멍 난 튜브를 때우는 일이 가장 많다.",
            (Word("hamhung resident"), Word("south hamgyong source")),
            stated_in=("수리 매대도", "구멍 난 튜브를"),
        ),
        Stated(
            "함흥시 주민은 버려진 두 대로 한 대를 만들기도 하며, 값이 싸서 학생들이 찾는다고 말했다.",
            (Word("hamhung resident", "said"),),
            STATEMENT,
            stated_in=("버려진 두 대로",),
        ),
    ),
    discredited="south hamgyong source",
    reason="Two of her accounts of other matters turned out to be second-hand, told as if she had been there.",
)
