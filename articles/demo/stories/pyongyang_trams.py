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

A source in South Pyongan Province, who travels to the city for trade, said that the change had come without notice. “One evening it simply came,” the source said.

Conductors sell the same tickets as during the day. Those who miss the last tram still walk, or share a lorry.

“An hour is not much,” the resident of Pyongyang said, “but it is the hour in which one sells what is left.”
""",
    facts=(
        Stated(
            "Two tram lines in Pyongyang run about an hour longer in the evening.",
            (Word("pyongyang resident", "took_part"), Word("south pyongan source")),
        ),
        Stated(
            "A resident of Pyongyang said that the last tram used to be too early for market traders.",
            (Word("pyongyang resident", "said"),),
            STATEMENT,
        ),
    ),
    reason="The hours were those of a trial that had ended before we printed.",
)
