"""Whoever runs the house is told in one sentence what is missing, and starts it safe."""

import subprocess
import sys
from collections.abc import Callable

import pytest

from newsroom.databases import House
from newsroom.settings import environment
from tests import clones

SIDES: tuple[House, ...] = ("desk", "site")
KEY = "k" * 12 + "0123456789abcdefghijklmnopqrstuvwxyz" + "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@pytest.fixture
def production(
    committed_db: str, houses_environment: Callable[..., dict[str, str]]
) -> Callable[[House], dict[str, str]]:
    """A side's environment as the guide says, and nothing more."""

    def given(side: House) -> dict[str, str]:
        found = houses_environment(side, committed_db)
        for name in ("NEWSROOM_PRODUCTION", "SITE_ADDRESS"):
            del found[name]
        return {
            **found,
            f"{side.upper()}_SECRET_KEY": KEY,
            f"{side.upper()}_HOSTS": f"{side}.paper.example",
            "SITE_ADDRESS": "https://paper.example",
        }

    return given


def manage(given: dict[str, str], *command: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=environment.PROJECT,
        env=given,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.mark.parametrize("side", SIDES)
def test_it_is_safe_to_deploy(side: House, production: Callable[[House], dict[str, str]]) -> None:
    done = manage(production(side), "check", "--deploy", "--fail-level", "WARNING")
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("missing", ["SECRET_KEY", "HOSTS"])
def test_a_missing_setting_is_one_sentence(
    side: House, missing: str, production: Callable[[House], dict[str, str]]
) -> None:
    given = production(side)
    del given[f"{side.upper()}_{missing}"]
    done = manage(given, "check")
    assert done.returncode == 1
    assert done.stderr.startswith(f"newsroom: {side.upper()}_{missing} is missing.")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "mysql://a@b/c"),
        ("DATABASE_URL", "postgresql://a:b@c:port/d"),
        ("NEWSROOM_TIME_ZONE", "Mars/Olympus"),
        ("NEWSROOM_LANGUAGE", "tlh"),
        ("NEWSROOM_POOL", "many"),
        ("NEWSROOM_HTTPS", "perhaps"),
        ("NEWSROOM_LOG", "../log"),
        ("NEWSROOM_DEBUG", "yes"),
        ("NEWSROOM_SECOND_FACTOR", "no"),
        ("NEWSROOM_SECOND_FACTOR", "perhaps"),
        ("SITE_ADDRESS", "paper.example"),
        ("DESK_HOSTS", "*"),
    ],
)
def test_a_wrong_setting_is_one_sentence(name: str, value: str, production: Callable[[House], dict[str, str]]) -> None:
    done = manage({**production("desk"), name: value}, "check")
    assert done.returncode == 1
    assert done.stderr.startswith(f"newsroom: {name} "), done.stderr
    assert done.stderr.count("\n") == 1


def test_the_owner_migrates_with_an_address_and_nothing_else(
    production: Callable[[House], dict[str, str]], database_server: clones.Server, committed_db: str
) -> None:
    given = {k: v for k, v in production("desk").items() if not k.startswith(("DESK_", "SITE_", "DATABASE_"))}
    given["OWNER_DATABASE_URL"] = database_server.address("owner", committed_db).url
    done = manage(given, "migrate")
    assert done.returncode == 0, done.stderr
    assert "Installed the gate and the grants." in done.stdout


def test_an_administrators_address_that_is_none_is_one_sentence(
    production: Callable[[House], dict[str, str]],
) -> None:
    done = manage(production("desk"), "roles", "--admin-url", "junk")
    assert done.returncode == 1
    assert done.stderr.startswith("CommandError: --admin-url must name PostgreSQL and a role")
    assert done.stderr.count("\n") == 1


def test_every_variable_is_in_the_guide() -> None:
    guide = (environment.PROJECT / "docs" / "settings.md").read_text()
    done = manage(clones.clean_environment(), "document_settings", "--settings", "newsroom.settings.test")
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() in guide, "run: manage.py document_settings --write"
