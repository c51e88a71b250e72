from articles.demo.telling import Linked, Story

STORY = Story(
    stage="in print",
    language="en",
    slug="chongjin-station-book-stalls",
    section="culture",
    author="reporter",
    byline="nora-vale",
    translation_of="ko/청진-역전-책-매대",
    confirms="chief",
    signs="editor",
    headline="Books for hire are back outside Chongjin station",
    standfirst="A day costs 300 won. Picture books and cookery books go first, and half the price of the book is left as a deposit.",
    tags=("books", "Chongjin", "daily life"),
    body="""
Stalls that lend books have come back to the street in front of the station in Chongjin, North Hamgyong Province, sources there said. They had not been seen for a while.

A book costs 300 won a day. Whoever comes for the first time leaves half of its price as a deposit and gets it back with the book.

“The children’s picture books and the cookery books go first,” a trader in Chongjin said. “A thick novel is away for days, so we agree on a price for it.”

A stall is a folding table and some forty books. When it rains there is a plastic sheet over them, and after sunset a torch.

“On days when many people wait for trains there are not enough seats, and they read standing,” a source in North Hamgyong Province said. “They say it is a good way to spend the time once one has the ticket.”

The books come from hand to hand. “Bring one that you have read, and you may borrow for three days for nothing,” the trader in Chongjin said. “Half of ours came that way.”

In the worn corners there is handwriting. “Some say the line left for the next reader is better than the book,” the trader said.
""",
    links=(Linked(to="ko/혜산-장마당-쌀값-내림세"),),
)
