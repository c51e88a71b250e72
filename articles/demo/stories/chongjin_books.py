from articles.demo.telling import STATEMENT, Linked, Stated, Story, Word

STORY = Story(
    stage="in print",
    language="ko",
    slug="청진-역전-책-매대",
    section="culture",
    author="reporter2",
    byline="nora-vale",
    headline="청진 역전에 책 빌려주는 매대 다시 나왔다",
    standfirst="하루 빌리는 값은 한 권에 300원. 처음 온 손님이 내는 맡김돈은 책값의 절반이다.",
    tags=("책", "청진", "생활"),
    body="""
함경북도 청진시 역 앞 거리에 책을 빌려주는 매대가 다시 나왔다고 현지 소식통들이 전했다. 한동안 보이지 않던 풍경이다.

빌리는 값은 하루에 한 권 300원이다. 처음 온 손님은 책값의 절반을 맡김돈으로 내고, 책을 돌려줄 때 되찾는다.

청진시 상인은 “아이들 그림책과 요리책이 먼저 나간다”며 “두꺼운 소설은 며칠씩 묶여 있어 값을 따로 흥정한다”고 전했다.

매대라고 해야 접는 상 하나와 책 마흔 권 남짓이 전부다. 비가 오면 비닐을 씌우고, 해가 지면 손전등을 켠다.

함경북도 소식통은 “기차를 기다리는 사람이 많은 날에는 자리가 모자라 선 채로 읽는다”며 “표를 사고 남은 시간을 보내기에 좋다고들 한다”고 말했다.

책은 손에서 손으로 들어온다. 청진시 상인은 “다 읽은 책을 가져오면 사흘 치를 그냥 빌려준다”며 “그렇게 모은 책이 절반은 된다”고 했다.

귀퉁이가 닳은 책에는 손님들이 남긴 글씨가 있다. 이 상인은 “다음 사람에게 남기는 한 줄이 책보다 재미있다는 손님도 있다”고 전했다.
""",
    links=(Linked(to="ko/혜산-장마당-쌀값-내림세"),),
    facts=(
        Stated(
            "청진시 역 앞 거리에 한동안 보이지 않던 책 빌려주는 매대가 다시 나왔다.",
            (Word("chongjin trader"), Word("north hamgyong source")),
            stated_in=("청진 역전에", "청진시 역 앞 거리에", "보이지 않던 풍경"),
        ),
        Stated(
            "빌리는 값은 하루에 한 권 300원이고, 처음 온 손님은 책값의 절반을 맡긴다.",
            (Word("chongjin trader", "took_part"), Word("north hamgyong source", "took_part")),
            stated_in=("하루 빌리는 값", "처음 온 손님이 내는", "빌리는 값은 하루에", "책값의 절반을 맡김돈으로"),
        ),
        Stated(
            "매대는 접는 상 하나에 책 마흔 권 남짓이고, 비가 오면 비닐을 씌우고 해가 지면 손전등을 켠다.",
            (Word("chongjin trader", "took_part"), Word("north hamgyong source")),
            stated_in=("접는 상 하나와", "비닐을 씌우고"),
        ),
        Stated(
            "청진시 상인은 아이들 그림책과 요리책이 먼저 나가고, 두꺼운 소설은 값을 따로 흥정한다고 말했다.",
            (Word("chongjin trader", "said"),),
            STATEMENT,
            stated_in=("두꺼운 소설은",),
        ),
        Stated(
            "함경북도 소식통은 기차를 기다리는 사람이 많은 날에는 선 채로 읽으며, 남은 시간을 보내기에 좋다고들 한다고 말했다.",
            (Word("north hamgyong source", "said"),),
            STATEMENT,
            stated_in=("선 채로 읽는다",),
        ),
        Stated(
            "청진시 상인은 다 읽은 책을 가져오면 사흘 치를 그냥 빌려주고, 책의 절반을 그렇게 모았다고 말했다.",
            (Word("chongjin trader", "said"),),
            STATEMENT,
            stated_in=("손에서 손으로", "사흘 치를"),
        ),
        Stated(
            "청진시 상인은 손님들이 책 귀퉁이에 글씨를 남기며, 그것이 책보다 재미있다는 손님도 있다고 말했다.",
            (Word("chongjin trader", "said"),),
            STATEMENT,
            stated_in=("귀퉁이가 닳은", "다음 사람에게 남기는"),
        ),
    ),
)
