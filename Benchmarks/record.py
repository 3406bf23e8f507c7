"""Adds a measurement of a script to the figures of `make bench`."""

import json


def record(path, name, value, unit, better, against, goal=None):
    """Puts a figure into the list in the file at `path`, in place of one of the same name."""
    with open(path, encoding="utf-8") as file:
        figures = [figure for figure in json.load(file) if figure["name"] != name]
    figure = {"name": name, "value": value, "unit": unit, "better": better, "against": against}
    if goal is not None:
        figure["goal"] = goal
    with open(path, "w", encoding="utf-8") as file:
        json.dump(figures + [figure], file, indent=2, sort_keys=True, ensure_ascii=False, separators=(",", " : "))
        file.write("\n")
