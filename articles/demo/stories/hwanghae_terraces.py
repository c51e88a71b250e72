from articles.demo.telling import STATEMENT, Shown, Stated, Story, Word

STORY = Story(
    stage="scheduled",
    days_ahead=3,
    embargo="Agreed with a paper that prints its own pictures of the season: both appear on the same morning.",
    language="en",
    slug="hwanghae-upper-terraces",
    section="economy",
    author="reporter2",
    byline="nora-vale",
    confirms="editor2",
    signs="editor",
    label="The season",
    headline="On the upper terraces, rice went in by hand again",
    standfirst="Small transplanting machines stayed on the level fields, where they save a week. Higher up, every row was set by hand.",
    tags=("farming", "rice", "Hwanghae"),
    body="""
On many farms in the two Hwanghae provinces, the upper terraces were planted by hand again in the last season, while machines worked the level fields below, sources there said.

“A machine needs room to turn, and up there is none,” a farmer in South Hwanghae Province said. “We set the rows by eye and by a cord with knots in it.”

On level ground the machines save about a week. A source in North Hwanghae Province said that two farms shared one, and that it moved at night so that neither lost a morning.

The seedlings were late by a few days after a cold spell, but caught up. Water was let in terrace by terrace from the top, as it always is, and the last field was flooded on the ninth day.

“What matters is that the banks hold,” the farmer in South Hwanghae Province said. “A bank that gives way takes the three below it with it.”

Repairs to the banks had been made before the thaw, with stones carried up in baskets. Older people walked along the rims in the evening and listened for water where there should be none.

Whether the machines will ever climb is an open question. The source in North Hwanghae Province said that a smaller one had been tried on a slope and had been carried down again by four men. The paper could not confirm this.
""",
    figures=(
        Shown(
            "Terraces",
            alt="Terraced fields in bands of green and yellow, some under water, with people at work and low hills behind.",
            caption="Terraces at the time of transplanting.",
        ),
    ),
    facts=(
        Stated(
            "On many farms in the two Hwanghae provinces the upper terraces were planted by hand in the last season.",
            (Word("south hwanghae farmer", "took_part"), Word("north hwanghae source")),
            stated_in=("rice went in by hand", "Higher up", "On many farms"),
        ),
        Stated(
            "Transplanting machines worked the level fields, where they save about a week.",
            (Word("south hwanghae farmer"), Word("north hwanghae source")),
            stated_in=("Small transplanting machines", "On many farms", "On level ground"),
        ),
        Stated(
            "The seedlings were late by a few days but caught up, and the last field was flooded on the ninth day.",
            (Word("south hwanghae farmer", "took_part"), Word("north hwanghae source")),
            stated_in=("The seedlings were late", "on the ninth day"),
        ),
        Stated(
            "The banks were mended before the thaw with stones carried up, and older people walked along them, listening for leaks.",
            (Word("south hwanghae farmer", "took_part"), Word("north hwanghae source")),
            stated_in=("Repairs to the banks", "listened for water"),
        ),
        Stated(
            "A farmer in South Hwanghae Province said that a machine can’t turn up there, and that rows are set by eye and by a knotted cord.",
            (Word("south hwanghae farmer", "said"),),
            STATEMENT,
            stated_in=("A machine needs room", "We set the rows"),
        ),
        Stated(
            "A source in North Hwanghae Province said that two farms shared one machine, which moved at night.",
            (Word("north hwanghae source", "said"),),
            STATEMENT,
            stated_in=("two farms shared one",),
        ),
        Stated(
            "A farmer in South Hwanghae Province said that a bank that gives way takes the three below it with it.",
            (Word("south hwanghae farmer", "said"),),
            STATEMENT,
            stated_in=("the banks hold", "A bank that gives way"),
        ),
        Stated(
            "A source in North Hwanghae Province said that a smaller machine was tried on a slope and carried down again.",
            (Word("north hwanghae source", "said"),),
            STATEMENT,
            stated_in=("a smaller one had been tried",),
        ),
    ),
)
