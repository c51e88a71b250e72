from articles.demo.telling import STATEMENT, Shown, Stated, Story, Word

STORY = Story(
    stage="in print",
    language="en",
    slug="musan-phone-batteries",
    section="economy",
    author="reporter2",
    byline="nora-vale",
    confirms="editor2",
    signs="editor",
    headline="In Musan, worn phones get a second battery",
    standfirst="Repairmen fit cells out of torches and power banks. A charge then lasts a day and a half, a source there says.",
    tags=("mobile phones", "repairs", "Musan"),
    body="""
In Musan County, repairmen keep old mobile phones alive with cells taken from torches and power banks, a source in Musan County said.

A phone whose battery no longer lasts the morning is opened at the stall, and a flat cell of about the right size is soldered in, the source said. The back is then closed with tape or with a cover cut from a plastic bottle.

“It is thicker than it was, and it stands a little away from the table,” the source in Musan County said. “But it lasts a day and a half, and that is what counts when the power comes in the evening only.”

The repair costs about as much as four kilos of maize, the source said: more than a month of calls, and far less than another phone. We could not confirm what others pay.

Not every cell is worth the money. Those out of torches swell in the heat, the source said, and people ask for the ones out of power banks, which the repairmen test in front of them with a torch bulb.

In winter the work piles up. Cold takes what is left in an old battery, and last winter there were evenings, the source said, when the queue reached the next stall.

Why this story rests on a single voice stands below it.
""",
    figures=(
        Shown(
            "Valley in winter",
            alt="Low houses with lit windows in deep snow, a mast behind them, and a mountain ridge under a grey-blue sky.",
            caption="A valley in the north in winter, with a mast for mobile phones.",
            after=3,
        ),
    ),
    facts=(
        Stated(
            "Repairmen in Musan County fit worn mobile phones with cells taken from torches and power banks.",
            (Word("musan source", "took_part"),),
            stated_in=("get a second battery", "Repairmen fit cells", "keep old mobile phones alive"),
            waived=(
                "No second source in the county can be reached without putting the first at risk; the story accuses nobody.",
                "We could reach one person only without putting anybody at risk. Nobody is accused, and the matter is one of daily life.",
            ),
        ),
        Stated(
            "A source in Musan County said that a flat cell is soldered in at the stall, and the back closed with tape or a cut bottle.",
            (Word("musan source", "said"),),
            STATEMENT,
            stated_in=("is soldered in", "closed with tape"),
        ),
        Stated(
            "A source in Musan County said that a repaired phone is thicker, and that a charge lasts a day and a half.",
            (Word("musan source", "said"),),
            STATEMENT,
            stated_in=("A charge then lasts", "It is thicker", "But it lasts"),
        ),
        Stated(
            "A source in Musan County said that the repair costs about as much as four kilos of maize.",
            (Word("musan source", "said"),),
            STATEMENT,
            stated_in=("four kilos of maize",),
        ),
        Stated(
            "A source in Musan County said that cells out of torches swell, and that people ask for those out of power banks.",
            (Word("musan source", "said"),),
            STATEMENT,
            stated_in=("worth the money", "swell in the heat"),
        ),
        Stated(
            "A source in Musan County said that the cold wears old batteries down, and that queues reached the next stall on some evenings last winter.",
            (Word("musan source", "said"),),
            STATEMENT,
            stated_in=("the work piles up", "the queue reached the next stall"),
        ),
    ),
)
