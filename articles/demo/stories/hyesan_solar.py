from articles.demo.telling import RECORD, STATEMENT, Shown, Stated, Story, Word

STORY = Story(
    stage="draft",
    language="en",
    slug="hyesan-solar-panels",
    section="economy",
    author="reporter2",
    headline="Solar panels move from Hyesan’s roofs to its balconies",
    standfirst="",
    tags=("electricity", "Hyesan"),
    body="""
Solar panels that stood on the roofs of Hyesan a year ago hang on its balconies now, sources there said.

“On the roof it catches more sun, and more eyes,” a resident of Hyesan said. “On the balcony it catches less of both.”

A resident of Chongjin said that the same could be seen there.

A trade table gives the number of panels that crossed the border in the spring.
""",
    figures=(Shown("Market street at dusk", alt="", caption=""),),
    facts=(
        # Two in one circle count once.
        Stated(
            "Solar panels in Hyesan are being moved from roofs to balconies.",
            (Word("hyesan source"), Word("hyesan resident")),
            stated_in=("Solar panels move", "Solar panels that stood"),
            confirmed=False,
        ),
        # Rests on a source whom no editor has vetted; and the sentence that it is for is somebody’s words.
        Stated(
            "Solar panels in Chongjin are being moved from roofs to balconies.",
            (Word("chongjin resident"), Word("chongjin trader", "was_told")),
            confirmed=False,
        ),
        Stated(
            "A resident of Hyesan said that a panel on the balcony catches less sun and fewer eyes.",
            (Word("hyesan resident", "said", talk=False),),
            STATEMENT,
            stated_in=("On the roof it", "On the balcony it"),
            confirmed=False,
        ),
        Stated(
            "A trade table gives the number of panels that crossed the border in the spring.",
            kind=RECORD,
            stated_in=("A trade table",),
            confirmed=False,
        ),
    ),
)
