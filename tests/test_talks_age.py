"""The day of a talk fades to its month, the month to a count; nothing in print falls by it, and nothing comes back."""
import datetime as dt

import pytest
from django.utils import timezone

from sources.ageing import age_talks
from sources.models import Talk
from tests.factories import Desk

pytestmark = pytest.mark.django_db


def test_smoke():
    desk = Desk()
    p = desk.published()
    print(age_talks(dry_run=True))
    print(age_talks())
    print([t.told for t in Talk.objects.all()])
    p.refresh_from_db()
    assert p.pulled_at is None
