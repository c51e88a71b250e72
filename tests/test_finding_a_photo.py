"""In a browser, on a phone and at a desk: a reporter finds one photo among hundreds and puts it into her story."""

import re
from typing import TYPE_CHECKING

import pytest

from tests.conftest import LiveHouses

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

MANY = """
INSERT INTO photos_photo (name, credit_en, credit_ko, original, content_hash, width, height, uploaded_by_id,
                          uploaded_at, taken_on, taken_precision, also_taken_precision)
SELECT 'Ferry ' || n, p.credit_en, p.credit_ko, p.original, p.content_hash, p.width, p.height, p.uploaded_by_id,
       p.uploaded_at - n * interval '1 minute', DATE '2026-05-04', 'month', 'withheld'
  FROM generate_series(100, 499) n CROSS JOIN (SELECT * FROM photos_photo ORDER BY id LIMIT 1) p
"""


@pytest.fixture(scope="module")
def password(live_houses: LiveHouses) -> str:
    """The demo reporter's, as it is printed."""
    said = live_houses.manage("demo")
    with live_houses.sql("desk") as connection:
        connection.execute(MANY)
    return re.search(r"^reporter +reporter +(\S+)", said, re.MULTILINE)[1]


@pytest.mark.parametrize("width", [360, 1280])
def test_it_works(live_houses: LiveHouses, browser: "Browser", password: str, width: int) -> None:
    page = browser.new_context(viewport={"width": width, "height": 800}).new_page()
    wrong: list[str] = []
    page.on("console", lambda said: wrong.append(said.text) if said.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    log_in(page, live_houses.desk, password)

    page.goto(f"{live_houses.desk}/desk/photos/photo/1/change/")
    assert page.locator(".desk-picture").bounding_box()["width"] <= width
    assert fits(page)

    page.goto(f"{live_houses.desk}/desk/articles/article/")
    page.locator("#result_list th a", has_text="Solar panels").click()
    page.locator("#figures-group details").evaluate("group => { group.open = true }")
    page.locator("#figures-group [data-add-row]").click()
    row = page.locator("#figures-group .row").last
    field, photo = row.locator("[data-find]").first, row.locator("select").first
    field.fill("ferry 47")
    photo.locator("option", has_text="Ferry 473").click()
    assert chosen(photo) == "Ferry 473 · 2026년 5월 촬영"
    assert photo.get_attribute("size") is None and field.input_value() == ""
    beside, second = row.locator("[data-find]").last, row.locator("select").last
    beside.fill("ferry 112")
    second.locator("option", has_text="Ferry 112").wait_for()
    beside.press("ArrowDown")
    second.press("ArrowDown")
    second.press("Enter")
    beside.fill("no such name")
    row.get_by_text("그런 이름은 없습니다.").wait_for()
    beside.press("Escape")
    assert fits(page)
    page.locator(".save-row .main-act").click()
    page.locator(".messages").wait_for()
    row = page.locator("#figures-group .row").last
    assert [chosen(row.locator("select").nth(n))[:9] for n in (0, 1)] == ["Ferry 473", "Ferry 112"]
    assert not wrong
    page.context.close()


def log_in(page: "Page", desk: str, password: str) -> None:
    page.goto(f"{desk}/desk/")
    page.fill("#id_username", "reporter")
    page.fill("#id_password", password)
    page.keyboard.press("Enter")
    page.locator(".desk-me").wait_for()


def chosen(field) -> str:
    return field.evaluate("field => field.selectedOptions[0].text")


def fits(page: "Page") -> bool:
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")
