from articles.demo.telling import Linked, Rendered, Shown, Story

STORY = Story(
    stage="in print",
    language="en",
    slug="hoeryong-riverside-flats",
    section="society",
    author="reporter2",
    byline="han-yeoul",
    translation_of="ko/회령-강변-살림집",
    confirms="chief",
    signs="editor",
    label="Exclusive",
    headline="Flats stand where Hoeryong’s riverside cottages were",
    standfirst="Those whose houses came down moved in first. Water does not reach the upper floors and is carried from a pump on the bank.",
    tags=("Hoeryong", "housing", "daily life"),
    body="""
The old one-storey houses along the river in Hoeryong, North Hamgyong Province, have been torn down, and blocks of flats of five to seven storeys stand in their place, sources in the area said.

“They put up the frames first and filled in the rest later,” a resident of Hoeryong said. “People moved in floor by floor, as each one was finished.”

The first to move in were those who had lived there before. “Households whose homes came down were given theirs first, and what was left was handed out afterwards,” a source in North Hamgyong Province said. “There was no great quarrel about the order.”

Walls and windows are done; the water is not. It does not rise to the upper floors, and people carry it from a pump on the bank.

The price of a meal has not moved. Asked about the fall in rice prices at <a href="/ko/story/혜산-장마당-쌀값-내림세/">the market in Hyesan</a>, which this paper reported earlier, the resident of Hoeryong said that rice there “still costs what it did last month.”

The path along the bank is wider than it was. “Two handcarts can pass each other now,” the source in North Hamgyong Province said, “and in the evening the children come out to play.”

Some things are missed. “The cabbages and peppers we grew in the yard we now have to buy,” the resident of Hoeryong said. “The house is warmer, but what goes with the rice costs more.”
""",
    figures=(
        Shown(
            "Riverside, before",
            alt="Low tiled houses in close rows, seen across a river that mirrors them.",
            beside="Riverside, after",
            alt_beside="Blocks of flats of five to seven storeys in the same place, with trees along the bank.",
            caption="The riverside in Hoeryong with its cottages, and after the flats were built.",
            after=1,
        ),
    ),
    links=(Linked(to="ko/혜산-장마당-쌀값-내림세"),),
    renders=(
        Rendered(
            "회령시 강변의 단층집들이 헐리고 그 자리에 5~7층 살림집이 들어섰다.",
            (
                "Flats stand where",
                "The old one-storey houses",
                "and after the flats were built",
                "in the same place",
            ),
        ),
        Rendered(
            "새 살림집은 헐린 집에 살던 세대에 먼저 배정됐다.",
            (
                "Those whose houses came down",
                "The first to move in",
            ),
        ),
        Rendered(
            "새 살림집은 벽과 창이 마무리됐으나, 수돗물이 위층까지 오르지 않아 주민들이 강둑 펌프에서 물을 길어 쓴다.",
            (
                "Water does not reach",
                "Walls and windows",
                "It does not rise",
            ),
        ),
        Rendered(
            "회령시 주민은 골조부터 올렸고, 먼저 끝난 층부터 사람이 들었다고 말했다.",
            (
                "They put up the frames",
                "floor by floor",
            ),
        ),
        Rendered(
            "함경북도 소식통은 헐린 집에 살던 세대에 우선 나눠 주고 남은 칸을 뒤에 배정했으며, 큰 말썽은 없었다고 말했다.",
            (
                "Households whose homes",
                "no great quarrel",
            ),
        ),
        Rendered(
            "회령시 주민은 이곳의 쌀값이 지난달 그대로라고 말했다.",
            (
                "The price of a meal",
                "still costs what it did",
            ),
        ),
        Rendered(
            "혜산시 장마당의 쌀값이 석 달 만에 내렸다.",
            ("still costs what it did",),
        ),
        Rendered(
            "함경북도 소식통은 강둑길이 손수레 두 대가 비켜 갈 만큼 넓어졌고, 저녁이면 아이들이 나와 논다고 말했다.",
            (
                "The path along the bank",
                "Two handcarts",
            ),
        ),
        Rendered(
            "회령시 주민은 마당에 심던 배추와 고추를 사 먹게 되어, 집은 따뜻해졌지만 찬거리에 돈이 더 든다고 말했다.",
            (
                "Some things are missed",
                "cabbages and peppers",
                "The house is warmer",
            ),
        ),
    ),
)
