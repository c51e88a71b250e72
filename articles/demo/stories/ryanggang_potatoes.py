from articles.demo.telling import STATEMENT, Shown, Stated, Story, Word

STORY = Story(
    stage="signed",
    language="en",
    slug="ryanggang-potato-cellars",
    section="society",
    author="reporter2",
    byline="nora-vale",
    confirms="editor2",
    signs="chief",
    headline="In Ryanggang, potato cellars are shared between houses",
    standfirst="Neighbours dig one deep pit together and lose fewer potatoes to the frost.",
    tags=("farming", "Ryanggang", "daily life"),
    body="""
In Ryanggang Province, neighbours have begun to share deep potato cellars instead of each digging a pit of their own, sources there said.

“Five houses, one ladder,” a source in Ryanggang Province said. “Each has a corner and a mark on the wall.” We could not confirm how many share one elsewhere.

A pit that reaches below the frost keeps what a shallow one spoils. A source in Hyesan said that fewer frozen potatoes had come to market since last winter, and that frozen ones were sold as starch.

The work is done in a day, with a windlass borrowed from a well. Straw goes in first, then sand, then the potatoes, and a clay pipe for air.

Quarrels are rare, the source in Ryanggang Province said, because the cellar is opened only twice a week, and by two people together. We could not confirm how each village does it.
""",
    figures=(
        Shown(
            "Fields from above",
            alt="Fields in green, yellow and brown from high above, cut by a river and by a road with small houses along it.",
            caption="Fields and a village street from above.",
            after=2,
        ),
    ),
    facts=(
        Stated(
            "Neighbours in Ryanggang Province have begun to share deep potato cellars.",
            (Word("ryanggang source", "took_part"), Word("hyesan source", "was_told")),
            stated_in=("potato cellars are shared", "Neighbours dig", "have begun to share"),
        ),
        Stated(
            "A deep pit keeps potatoes from the frost that a shallow one spoils.",
            (Word("ryanggang source"), Word("hyesan source")),
            stated_in=("Neighbours dig", "below the frost"),
        ),
        Stated(
            "The cellar is dug in a day with a windlass borrowed from a well, and filled with straw, sand and potatoes around a pipe.",
            (Word("ryanggang source", "took_part"), Word("hyesan source", "was_told")),
            stated_in=("with a windlass", "Straw goes in first"),
        ),
        Stated(
            "A source in Ryanggang Province said that five houses share one ladder, each with a corner and a mark on the wall.",
            (Word("ryanggang source", "said"),),
            STATEMENT,
            stated_in=("Five houses", "a mark on the wall"),
        ),
        Stated(
            "A source in Hyesan said that fewer frozen potatoes had come to market since last winter, and were sold as starch.",
            (Word("hyesan source", "said"),),
            STATEMENT,
            stated_in=("fewer frozen potatoes",),
        ),
        Stated(
            "A source in Ryanggang Province said that quarrels are rare because the cellar is opened twice a week, by two people.",
            (Word("ryanggang source", "said"),),
            STATEMENT,
            stated_in=("Quarrels are rare",),
        ),
    ),
)
