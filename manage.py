#!/usr/bin/env python3
"""The newsroom's commands; `--settings newsroom.settings.site` speaks for the site."""

import os
import sys


def main() -> None:
    """Runs one command, with the embedded database under it where nobody gave another."""
    # A keeper's machine has neither a database nor a secret of the desk.
    offline = sys.argv[1:2] == ["keeper"]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", f"newsroom.settings.{'offline' if offline else 'desk'}")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import CommandParser, execute_from_command_line

    # Django reads this option too late for what comes below.
    parser = CommandParser(add_help=False, allow_abbrev=False)
    parser.add_argument("--settings", default=os.environ["DJANGO_SETTINGS_MODULE"])
    os.environ["DJANGO_SETTINGS_MODULE"] = parser.parse_known_args(sys.argv[2:])[0].settings

    from newsroom import databases, embedded, roles

    try:
        embedded.start_for(sys.argv[1:])
        from django.conf import settings

        # Read now, so that a wrong setting is one sentence and no traceback.
        _ = settings.INSTALLED_APPS
    except (ImproperlyConfigured, embedded.CannotStart, roles.RolesError) as error:
        sys.exit(f"newsroom: {error}")
    try:
        execute_from_command_line(sys.argv)
    finally:
        databases.hang_up()


if __name__ == "__main__":
    main()
