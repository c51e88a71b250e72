from articles.demo.telling import Story
from reader.models import Kind

STORY = Story(
    stage="draft",
    language="ko",
    slug="평양-꽃집-초고",
    author="reporter",
    byline="han-yeoul",
    kind=Kind.ANALYSIS,
    headline="(초고) 평양 꽃집은 왜 저녁에 붐비나",
    body="""
저녁 무렵이면 평양시 꽃집 앞에 줄이 선다고 한다. 왜 낮이 아니라 저녁인지 두 사람 이상에게 물어야 한다.

생화와 조화의 값 차이, 온실에서 오는 길, 명절 앞뒤의 차이를 더 알아볼 것.
""",
)
