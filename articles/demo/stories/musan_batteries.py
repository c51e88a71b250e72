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
    standfirst="Repairmen fit cells out of torches and power banks. A charge then lasts a day and a half, a customer says.",
    tags=("mobile phones", "repairs", "Musan"),
    body="""
In Musan County, repairmen keep old mobile phones alive with cells taken from torches and power banks, a worker in Musan County said.

A phone whose battery no longer lasts the morning is opened at the stall, and a flat cell of about the right size is soldered in. The back is then closed with tape or with a cover cut from a plastic bottle.

“It is thicker than it was, and it stands a little away from the table,” the worker in Musan County said. “But it lasts a day and a half, and that is what counts when the power comes in the evening only.”

The repair costs about as much as four kilos of maize, the worker said: more than a month of calls, and far less than another phone.

Not every cell is worth the money. Those out of torches swell in the heat, the worker said, and people ask for the ones out of power banks, which the repairmen test in front of them with a torch bulb.

In winter the work piles up. Cold takes what is left in an old battery, and last winter there were evenings, the worker said, when the queue reached the next stall.

This paper could reach one person only on this subject, and has said so below.
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
            (Word("musan worker", "took_part"),),
            waived=(
                "No second source in the county can be reached without putting the first at risk; the story accuses nobody.",
                "We could reach one person only without putting anybody at risk. Nobody is accused, and the matter is one of daily life.",
            ),
        ),
        Stated(
            "A worker in Musan County said that a charge lasts a day and a half after the repair.",
            (Word("musan worker", "said"),),
            STATEMENT,
        ),
        Stated(
            "A worker in Musan County said that the repair costs about as much as four kilos of maize.",
            (Word("musan worker", "said"),),
            STATEMENT,
        ),
        Stated(
            "A worker in Musan County said that queues reached the next stall on some evenings last winter.",
            (Word("musan worker", "said"),),
            STATEMENT,
        ),
    ),
)
