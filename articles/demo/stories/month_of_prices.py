from articles.demo.telling import PREVIOUSLY, STATEMENT, Linked, Stated, Story, Word
from reader.models import Kind

# Sentences that compare the three towns state all three prices.
ALL_THREE = ("신의주가 가장 싸고 청진이 비싸", "1kg에 신의주 8,000원", "청진이 가장 비쌌다", "전한 값을 모은")

STORY = Story(
    stage="in print",
    language="ko",
    slug="이달-장마당-쌀값-비교",
    kind=Kind.PRICES,
    section="prices",
    author="reporter",
    byline="han-yeoul",
    headline="이달 장마당 쌀값, 신의주가 가장 싸고 청진이 비싸",
    standfirst="1kg에 신의주 8,000원, 혜산 8,300원, 청진 8,600원. 길이 멀수록 값이 붙는다고 상인들은 말한다.",
    tags=("쌀값", "장마당"),
    body="""
이달 들어 세 도시의 장마당에서 팔린 쌀값을 견줘 보니 신의주가 가장 싸고 청진이 가장 비쌌다. 현지 소식통들이 전한 값을 모은 것이다.

<ul><li>신의주: 1kg에 8,000원</li><li>혜산: 1kg에 8,300원</li><li>청진: 1kg에 8,600원</li></ul>

혜산의 쌀값은 앞서 전한 대로 석 달 만에 내림세로 돌아섰다. 신의주와 청진은 지난달과 큰 차이가 없다.

신의주시 소식통은 “들에서 가까운 곳일수록 눅다”며 “차로 반나절이면 오니 값에 붙는 것이 적다”고 전했다.

청진시 상인은 “기차로 올라온 쌀에는 짐꾼 삯과 기다린 값이 붙는다”며 “비 오는 날이면 같은 쌀도 더 받는다”고 했다.

같은 도시 안에서도 값은 다르다. 아침 장과 저녁 장의 차이가 1kg에 100원을 넘는 날도 있다고 함경북도 소식통은 전했다. 본지가 이 차이를 따로 확인하지는 못했다.
""",
    links=(Linked(to="ko/혜산-장마당-쌀값-내림세", kind=PREVIOUSLY, after=3),),
    facts=(
        # Rests on a fact of ours: if that story is pulled, so is this one.
        Stated(
            "혜산시 장마당의 쌀 1kg 값은 8,300원으로, 석 달 만에 내렸다.",
            earlier=(
                "ko/혜산-장마당-쌀값-내림세",
                "혜산시 장마당의 쌀 1kg 값이 이달 초 9,200원에서 최근 8,300원으로, 석 달 만에 내렸다.",
            ),
            stated_in=(*ALL_THREE, "혜산: 1kg에", "앞서 전한 대로"),
        ),
        Stated(
            "신의주시 장마당의 쌀 1kg 값은 8,000원으로 지난달과 큰 차이가 없다.",
            (Word("sinuiju source", "took_part"), Word("north pyongan source")),
            stated_in=(*ALL_THREE, "신의주: 1kg에", "큰 차이가 없다"),
        ),
        Stated(
            "청진시 장마당의 쌀 1kg 값은 8,600원으로 지난달과 큰 차이가 없다.",
            (Word("chongjin trader", "took_part"), Word("north hamgyong source")),
            stated_in=(*ALL_THREE, "청진: 1kg에", "큰 차이가 없다"),
        ),
        Stated(
            "신의주시 소식통은 들에서 가까운 곳일수록 쌀값이 싸고, 차로 반나절이면 와서 값에 붙는 것이 적다고 말했다.",
            (Word("sinuiju source", "said"),),
            STATEMENT,
            stated_in=("길이 멀수록", "들에서 가까운"),
        ),
        Stated(
            "청진시 상인은 기차로 올라온 쌀에는 짐꾼 삯과 기다린 값이 붙고, 비 오는 날이면 더 받는다고 말했다.",
            (Word("chongjin trader", "said"),),
            STATEMENT,
            stated_in=("길이 멀수록", "짐꾼 삯과"),
        ),
        Stated(
            "함경북도 소식통은 아침 장과 저녁 장의 쌀값 차이가 1kg에 100원을 넘는 날도 있다고 말했다.",
            (Word("north hamgyong source", "said"),),
            STATEMENT,
            stated_in=("같은 도시 안에서도", "아침 장과 저녁 장"),
        ),
    ),
)
