"""What each side of the house needs to run: `desk` and `site` are chosen by DJANGO_SETTINGS_MODULE."""
