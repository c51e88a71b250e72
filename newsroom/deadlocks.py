"""What is begun again where the database gave it up to end a deadlock."""

from collections.abc import Callable
from functools import wraps

from django.db import OperationalError, connection
from psycopg.errors import DeadlockDetected

# Who holds a row and waits for the gate may be the one who waits longer, but hardly so often.
TIMES = 5


def begins_again[**P, R](deed: Callable[P, R]) -> Callable[P, R]:
    """A deed in a transaction of its own, which the database rolled back, is done again from the start, a few times.

    Within somebody's transaction it can't be: the error passes, and the outermost deed begins again. What it is handed must
    bear being read twice: no iterators.
    """

    @wraps(deed)
    def done(*args: P.args, **kwargs: P.kwargs) -> R:
        for _ in range(TIMES - 1):
            try:
                return deed(*args, **kwargs)
            except OperationalError as error:
                if connection.in_atomic_block or not isinstance(error.__cause__, DeadlockDetected):
                    raise
        return deed(*args, **kwargs)

    return done
