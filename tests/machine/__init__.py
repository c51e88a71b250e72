"""Everything that people and code can do to the paper, as the rules of one state machine.

`base.py` has the newsroom, how an act is tried, and the look that is taken after each commit; each other file adds the
rules of one kind of hand. A new act is one more rule in the file where it belongs.
"""

from tests.machine.base import Grounds
from tests.machine.code import Code
from tests.machine.exceptions import Exceptions
from tests.machine.pages import Pages
from tests.machine.people import People
from tests.machine.prompt import Prompt
from tests.machine.two import TwoAtOnce


class Newsroom(People, Exceptions, Code, Pages, Prompt, TwoAtOnce):
    """A reporter, three editors, a guest, a script, a browser, and somebody with a psql prompt."""


__all__ = ["Grounds", "Newsroom"]
