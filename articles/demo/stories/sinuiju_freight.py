from articles.demo.telling import RECORD, RELATED, STATEMENT, Linked, Paper, Shown, Stated, Story, Word

NOTICE = """NOTICE TO SHIPPERS

Loading lists are to be handed in at the counter of the freight yard two working days before a wagon is loaded.
Lists that arrive later go to the next train.
Goods that spoil are loaded last and unloaded first.

(Invented for the demo.)
"""

STORY = Story(
    stage="in print",
    language="en",
    slug="sinuiju-freight-wagons",
    section="border",
    author="reporter2",
    byline="nora-vale",
    confirms="editor2",
    signs="editor",
    headline="More freight crosses the Sinuiju bridge, and waits less",
    standfirst="Trains cross about four times a day, twice as often as half a year ago, and wagons are emptied in days instead of a week.",
    tags=("railway", "Sinuiju", "trade"),
    body="""
Freight trains now cross the railway bridge at Sinuiju about four times a day, twice as often as half a year ago, sources there said.

Wagons that used to stand in the yard for a week are emptied within two or three days. A source in North Pyongan Province put it down to a second unloading track that had long lain unused and is lit again at night.

“It is oil for cooking and cloth that come first,” a source in Sinuiju said. “Parts for motorcycles come when there is room.”

There is a written rule as well. A notice to shippers, of which this paper keeps a copy, asks for loading lists two working days before a wagon is loaded; lists that arrive later go to the next train.

That suits the small traders, who share a wagon among many. “Before, one missing paper held up all of us,” the source in Sinuiju said. “Now only the late one waits.”

<h2>Not everything moves</h2>

What happens beyond the yard has changed less. Lorries still queue at the gate in the morning, the source said, because the drivers are paid by the trip and all want the first one.

The source in North Pyongan Province said that porters had begun to work in two shifts. “There is work in the evening again,” the source said, “and soup sellers have followed the work.”

More trains are not expected before the next timetable, the source in North Pyongan Province said.
""",
    figures=(
        Shown(
            "Freight on the bridge",
            alt="A train of covered wagons on a long truss bridge, dark against a low sun, and its reflection in a wide river.",
            caption="Wagons on the railway bridge at Sinuiju. Put together from different views.",
        ),
    ),
    links=(
        Linked(to="en/hoeryong-riverside-flats", kind=RELATED),
        Linked(
            url="https://uic.org/support-activities/statistics/",
            title="International Union of Railways: statistics",
            kind=RELATED,
        ),
    ),
    facts=(
        Stated(
            "Freight trains cross the railway bridge at Sinuiju about four times a day, twice as often as half a year ago.",
            (Word("sinuiju source"), Word("north pyongan source")),
            stated_in=(
                "More freight crosses",
                "Trains cross about",
                "Freight trains now cross",
                "Wagons on the railway bridge",
            ),
        ),
        Stated(
            "Wagons are emptied within two or three days; they used to stand in the yard for a week.",
            (Word("sinuiju source", "took_part"), Word("north pyongan source")),
            stated_in=("and waits less", "emptied in days", "used to stand in the yard"),
        ),
        Stated(
            "A second unloading track in the yard, long unused, is in use again and lit at night.",
            (Word("sinuiju source"), Word("north pyongan source")),
            stated_in=("put it down to",),
        ),
        Stated(
            "A source in North Pyongan Province put the shorter wait down to a second unloading track.",
            (Word("north pyongan source", "said"),),
            STATEMENT,
            stated_in=("put it down to",),
        ),
        Stated(
            "A source in Sinuiju said that cooking oil and cloth come first, and parts for motorcycles when there is room.",
            (Word("sinuiju source", "said"),),
            STATEMENT,
            stated_in=("oil for cooking", "Parts for motorcycles"),
        ),
        Stated(
            "A notice to shippers asks for loading lists two working days before a wagon is loaded; later ones go to the next train.",
            kind=RECORD,
            paper=Paper(
                "Notice to shippers, freight yard", "https://freight-yard.example/notices/loading-lists", NOTICE
            ),
            stated_in=("There is a written rule", "A notice to shippers"),
        ),
        Stated(
            "A source in Sinuiju said that one missing paper used to hold up all who shared a wagon, and now only the late one waits.",
            (Word("sinuiju source", "said"),),
            STATEMENT,
            stated_in=("share a wagon among many", "one missing paper", "only the late one"),
        ),
        Stated(
            "A source in Sinuiju said that lorries queue at the gate in the morning because the drivers are paid by the trip.",
            (Word("sinuiju source", "said"),),
            STATEMENT,
            stated_in=("beyond the yard", "Lorries still queue"),
        ),
        Stated(
            "A source in North Pyongan Province said that porters work in two shifts, and that soup sellers have followed the work.",
            (Word("north pyongan source", "said"),),
            STATEMENT,
            stated_in=("two shifts", "work in the evening again"),
        ),
        Stated(
            "A source in North Pyongan Province said that more trains are not expected before the next timetable.",
            (Word("north pyongan source", "said"),),
            STATEMENT,
            stated_in=("More trains are not expected",),
        ),
    ),
)
