"""Dates on the desk, by language."""
