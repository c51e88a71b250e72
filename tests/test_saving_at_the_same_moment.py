"""Two browsers send at the same moment: one is saved, the other comes back with a sentence, and nobody sees a 500."""

from articles.models import Article
from tests.desks import at_once, at_the_desk, fields_of, page_of
from tests.factories import Desk

ROUNDS = 5


def test_one_address_is_one_storys(committed_db):
    desk = Desk()
    clients = [at_the_desk(desk.reporter), at_the_desk(desk.editor)]
    form = fields_of(clients[0].get("/desk/articles/article/add/")) | {"headline": "Rice", "language": "en"}
    for number in range(ROUNDS):
        data = form | {"slug": f"rice-{number}"}
        answers = at_once(*((client, "/desk/articles/article/add/", data) for client in clients))
        assert sorted(answer.status_code for answer in answers) == [200, 302]
        refused = next(answer for answer in answers if answer.status_code == 200)
        assert "address already" in refused.text
        assert Article.objects.filter(slug=f"rice-{number}").count() == 1


def test_one_of_two_saves_is_told(committed_db):
    desk = Desk()
    story = desk.article()
    clients = [at_the_desk(desk.reporter), at_the_desk(desk.editor)]
    for number in range(ROUNDS):
        posts = [
            (client, page_of(story), fields_of(client.get(page_of(story))) | {"standfirst": f"{number} by {who}"})
            for who, client in enumerate(clients)
        ]
        answers = at_once(*posts)
        assert sorted(answer.status_code for answer in answers) == [200, 302]
        assert next(answer for answer in answers if answer.status_code == 200).context["conflict"]
