"""The list of packages, found rather than kept by hand; everything else stands in pyproject.toml.

`db/` and `resources/` are top-level folders for the people who edit them, and `gzdesk.db` and
`gzdesk.resources` for the program. The automatic search of pyproject.toml cannot rename a package,
and a hand-kept list would silently leave a new one out of the wheel.
"""

from __future__ import annotations

from setuptools import find_packages, setup

setup(packages=[*find_packages(include=["gzdesk", "gzdesk.*"]), "gzdesk.db", "gzdesk.resources"])
