from articles.demo.telling import Linked, Rendered, Story

STORY = Story(
    stage="in print",
    language="en",
    slug="chongjin-station-book-stalls",
    section="culture",
    author="reporter",
    byline="nora-vale",
    translation_of="ko/청진-역전-책-매대",
    confirms="chief",
    signs="editor",
    headline="Books for hire are back outside Chongjin station",
    standfirst="A day costs 300 won. Whoever is new leaves half the price of the book as a deposit.",
    tags=("books", "Chongjin", "daily life"),
    body="""
Stalls that lend books have come back to the street in front of the station in Chongjin, North Hamgyong Province, sources there said. They had not been seen for a while.

A book costs 300 won a day. Whoever comes for the first time leaves half of its price as a deposit and gets it back with the book.

“The children’s picture books and the cookery books go first,” a trader in Chongjin said. “A thick novel is away for days, so we agree on a price for it.”

A stall is a folding table and some forty books. When it rains there is a plastic sheet over them, and after sunset a torch.

“On days when many people wait for trains there are not enough seats, and they read standing,” a source in North Hamgyong Province said. “They say it is a good way to spend the time once one has the ticket.”

The books come from hand to hand. “Bring one that you have read, and you may borrow for three days for nothing,” the trader in Chongjin said. “Half of ours came that way.”

In the worn corners there is handwriting. “Some say the line left for the next reader is better than the book,” the trader said.
""",
    links=(Linked(to="ko/혜산-장마당-쌀값-내림세"),),
    renders=(
        Rendered(
            "청진시 역 앞 거리에 한동안 보이지 않던 책 빌려주는 매대가 다시 나왔다.",
            ("are back outside", "Stalls that lend books", "not been seen for a while"),
        ),
        Rendered(
            "빌리는 값은 하루에 한 권 300원이고, 처음 온 손님은 책값의 절반을 맡긴다.",
            ("A day costs 300 won", "Whoever is new", "A book costs 300 won", "Whoever comes for the first time"),
        ),
        Rendered(
            "매대는 접는 상 하나에 책 마흔 권 남짓이고, 비가 오면 비닐을 씌우고 해가 지면 손전등을 켠다.",
            ("some forty books", "When it rains"),
        ),
        Rendered(
            "청진시 상인은 아이들 그림책과 요리책이 먼저 나가고, 두꺼운 소설은 값을 따로 흥정한다고 말했다.",
            ("cookery books go first", "A thick novel"),
        ),
        Rendered(
            "함경북도 소식통은 기차를 기다리는 사람이 많은 날에는 선 채로 읽으며, 남은 시간을 보내기에 좋다고들 한다고 말했다.",
            ("they read standing", "a good way to spend the time"),
        ),
        Rendered(
            "청진시 상인은 다 읽은 책을 가져오면 사흘 치를 그냥 빌려주고, 책의 절반을 그렇게 모았다고 말했다.",
            ("from hand to hand", "Bring one that you have read", "Half of ours"),
        ),
        Rendered(
            "청진시 상인은 손님들이 책 귀퉁이에 글씨를 남기며, 그것이 책보다 재미있다는 손님도 있다고 말했다.",
            ("In the worn corners", "left for the next reader"),
        ),
    ),
)
