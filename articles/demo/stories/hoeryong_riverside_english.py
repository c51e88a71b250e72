from articles.demo.telling import Linked, Shown, Story

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
            alt="Low tiled houses in four close rows, seen across a river that mirrors them.",
            beside="Riverside, after",
            alt_beside="Nine blocks of flats of five to seven storeys in the same place, with trees along the bank.",
            caption="The riverside in Hoeryong with its cottages, and after the flats were built.",
            after=1,
        ),
    ),
    links=(Linked(to="ko/혜산-장마당-쌀값-내림세"),),
)
