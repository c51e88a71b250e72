from articles.demo.telling import STATEMENT, Stated, Story, Word

STORY = Story(
    stage="withdrawn",
    language="en",
    slug="pyongyang-evening-trams",
    section="society",
    author="reporter",
    byline="han-yeoul",
    confirms="editor2",
    signs="editor",
    headline="Evening trams in Pyongyang run an hour longer",
    standfirst="Two lines were extended into the late evening, to the relief of those who work at the markets.",
    tags=("Pyongyang", "transport"),
    body="""
Two tram lines in Pyongyang run about an hour longer in the evening than they used to, sources said.

“The last one was always too early for us,” a resident of Pyongyang said. “We packed up the stall with one eye on the clock.”

The later trams are short ones, of a single car, and come every twenty-five minutes. They are full as far as the river and almost empty after it.

A source in South Pyongan Province said that the change had come without notice. “One evening it simply came,” the source said.

Conductors sell the same tickets as during the day. Those who miss the last tram still walk, or share a lorry.

“An hour is not much,” the resident of Pyongyang said, “but it is the hour in which one sells what is left.”
""",
    facts=(
        Stated(
            "Two tram lines in Pyongyang run about an hour longer in the evening.",
            (Word("pyongyang resident", "took_part"), Word("south pyongan source")),
            stated_in=("run an hour longer", "Two lines were extended", "Two tram lines"),
        ),
        Stated(
            "A resident of Pyongyang said that the last tram used to be too early for those who work at the markets.",
            (Word("pyongyang resident", "said"),),
            STATEMENT,
            stated_in=("Two lines were extended", "always too early", "one eye on the clock"),
        ),
        Stated(
            "The later trams have a single car, come every twenty-five minutes, and are almost empty past the river.",
            (Word("pyongyang resident", "took_part"), Word("south pyongan source")),
            stated_in=("The later trams", "as far as the river"),
        ),
        Stated(
            "A source in South Pyongan Province said that the change had come without notice.",
            (Word("south pyongan source", "said"),),
            STATEMENT,
            stated_in=("without notice", "it simply came"),
        ),
        Stated(
            "Tickets on the later trams are the same as during the day, and those who miss the last one walk or share a lorry.",
            (Word("pyongyang resident", "took_part"), Word("south pyongan source")),
            stated_in=("Conductors sell", "Those who miss"),
        ),
        Stated(
            "A resident of Pyongyang said that the added hour is the one in which one sells what is left.",
            (Word("pyongyang resident", "said"),),
            STATEMENT,
            stated_in=("An hour is not much",),
        ),
    ),
    reason="The hours were those of a trial that had ended before we printed.",
)
