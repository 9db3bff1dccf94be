"""Demonstration data: a town and its villages through a year, for trying out, for teaching and for tests.

`diary` invents what happened and when it was written down; `year` lets real stores live through it.
The words and the calendar stand in `db/reference/demo/*.toml`. Everybody named there is made up.
"""
