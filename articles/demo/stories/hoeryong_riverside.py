from articles.demo.telling import PREVIOUSLY, STATEMENT, Linked, Shown, Stated, Story, Word

STORY = Story(
    stage="in print",
    language="ko",
    slug="회령-강변-살림집",
    section="society",
    author="reporter",
    byline="han-yeoul",
    label="단독",
    headline="회령 강변 단층집 헐린 자리에 살림집 들어섰다",
    standfirst="헐린 집에 살던 세대가 먼저 들었다. 위층까지 물이 오르지 않아 강둑 펌프에서 길어 쓴다.",
    tags=("회령", "살림집", "생활"),
    body="""
함경북도 회령시 강변의 낡은 단층집들이 헐리고 그 자리에 5~7층짜리 살림집이 들어섰다고 현지 소식통들이 전했다.

회령시 주민은 “골조부터 올리고 안은 나중에 채웠다”며 “먼저 끝난 층부터 사람이 들었다”고 전했다.

새집에는 본래 그 자리에 살던 이들이 먼저 들어갔다. 함경북도 소식통은 “헐린 집에 살던 세대에 우선 나눠 주고 남은 칸을 뒤에 배정했다”며 “순서를 두고 큰 말썽은 없었다”고 말했다.

벽과 창은 마무리됐지만 물은 아직이다. 수돗물이 위층까지 오르지 않아 주민들은 강둑에 놓인 펌프에서 물을 길어 쓴다.

장바구니 사정도 그대로다. 앞서 전한 <a href="/ko/story/혜산-장마당-쌀값-내림세/">혜산 장마당의 쌀값 내림세</a>를 두고 회령시 주민은 “여기 쌀은 아직 지난달 값 그대로”라고 했다.

강둑길은 전보다 넓어졌다. 함경북도 소식통은 “손수레 두 대가 비켜 갈 만큼 길이 났다”면서 “저녁이면 아이들이 나와 논다”고 전했다.

아쉬워하는 목소리도 있다. 회령시 주민은 “마당에 심던 배추와 고추를 이제는 사 먹는다”며 “집은 따뜻해졌는데 찬거리에 돈이 더 든다”고 말했다.
""",
    figures=(
        Shown(
            "Riverside, before",
            alt="강 건너에서 본 낮은 기와집들. 줄지어 빽빽이 서 있고 강물에 비친다.",
            beside="Riverside, after",
            alt_beside="같은 자리에 선 5~7층 살림집들과 강둑의 나무들.",
            caption="단층집이 있던 때와 살림집이 들어선 뒤의 회령시 강변.",
            after=1,
        ),
    ),
    links=(
        Linked(to="ko/혜산-장마당-쌀값-내림세", kind=PREVIOUSLY, after=4),
        Linked(to="ko/청진-역전-책-매대"),
    ),
    facts=(
        Stated(
            "회령시 강변의 단층집들이 헐리고 그 자리에 5~7층 살림집이 들어섰다.",
            (Word("hoeryong resident"), Word("north hamgyong source")),
            stated_in=("강변 단층집 헐린", "낡은 단층집들이", "단층집이 있던 때와", "같은 자리에"),
        ),
        Stated(
            "새 살림집은 헐린 집에 살던 세대에 먼저 배정됐다.",
            (Word("hoeryong resident", "took_part"), Word("north hamgyong source", "was_told")),
            stated_in=("세대가 먼저 들었다", "그 자리에 살던 이들이"),
        ),
        Stated(
            "새 살림집은 벽과 창이 마무리됐으나, 수돗물이 위층까지 오르지 않아 주민들이 강둑 펌프에서 물을 길어 쓴다.",
            (Word("hoeryong resident", "took_part"), Word("north hamgyong source")),
            stated_in=("강둑 펌프에서", "벽과 창은", "강둑에 놓인 펌프"),
        ),
        Stated(
            "회령시 주민은 골조부터 올렸고, 먼저 끝난 층부터 사람이 들었다고 말했다.",
            (Word("hoeryong resident", "said"),),
            STATEMENT,
            stated_in=("골조부터",),
        ),
        Stated(
            "함경북도 소식통은 헐린 집에 살던 세대에 우선 나눠 주고 남은 칸을 뒤에 배정했으며, 큰 말썽은 없었다고 말했다.",
            (Word("north hamgyong source", "said"),),
            STATEMENT,
            stated_in=("우선 나눠 주고",),
        ),
        Stated(
            "회령시 주민은 이곳의 쌀값이 지난달 그대로라고 말했다.",
            (Word("hoeryong resident", "said"),),
            STATEMENT,
            stated_in=("장바구니 사정도", "지난달 값 그대로"),
        ),
        # One sentence states two facts: hers, and one that we printed before.
        Stated(
            "혜산시 장마당의 쌀값이 석 달 만에 내렸다.",
            earlier=(
                "ko/혜산-장마당-쌀값-내림세",
                "혜산시 장마당의 쌀 1kg 값이 이달 초 9,200원에서 최근 8,300원으로, 석 달 만에 내렸다.",
            ),
            stated_in=("지난달 값 그대로",),
        ),
        Stated(
            "함경북도 소식통은 강둑길이 손수레 두 대가 비켜 갈 만큼 넓어졌고, 저녁이면 아이들이 나와 논다고 말했다.",
            (Word("north hamgyong source", "said"),),
            STATEMENT,
            stated_in=("강둑길은 전보다", "손수레 두 대가"),
        ),
        Stated(
            "회령시 주민은 마당에 심던 배추와 고추를 사 먹게 되어, 집은 따뜻해졌지만 찬거리에 돈이 더 든다고 말했다.",
            (Word("hoeryong resident", "said"),),
            STATEMENT,
            stated_in=("아쉬워하는", "배추와 고추를"),
        ),
    ),
)
