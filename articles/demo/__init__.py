"""A small newsroom of invented people and stories, in every stage from draft to withdrawal.

`manage.py demo` makes it with the desk's own acts, under the gate like any other paper.
"""
