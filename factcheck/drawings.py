"""The pictures in docs/, made from the code they show, so that they cannot drift from it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from html import escape
from itertools import product
from pathlib import Path

import grimp

from claims.choices import State
from claims.moves import MOVES, MoveKind
from claims.roles import ROLES

STYLE = """
  text { font: 14px system-ui, sans-serif; fill: #1a1b1f }
  .small { font-size: 12px; fill: #5b5d66 }
  .box { fill: #fff; stroke: #5b5d66 }
  .record { stroke: #22418a; stroke-width: 2 }
  path, circle { fill: none; stroke: #5b5d66 }
  .lane { stroke-opacity: .25 } .words { stroke-dasharray: 2 5 }
  .tip { fill: #5b5d66; stroke: none }
  @media (prefers-color-scheme: dark) {
    text { fill: #ececE6 } .small { fill: #a6a8b0 } .box { fill: #1c1e23; stroke: #a6a8b0 }
    .record { stroke: #9db8ff } path, circle { stroke: #a6a8b0 } .tip { fill: #a6a8b0 }
  }
"""
ARROW = """<defs><marker id="tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8"
  markerHeight="8" orient="auto"><path class="tip" d="M0 0 8 4 0 8z"/></marker></defs>"""

Point = tuple[float, float]


def life_of_a_claim() -> str:
    """A column a state, a line a move: from the dots to the arrowhead."""
    first, step, top, line = 360, 140, 70, 56
    column = {state: first + step * number for number, state in enumerate(State)}
    bottom = top + line * len(MOVES)
    shapes = []
    for state, x in column.items():
        public = "record" if state in {State.PUBLISHED, State.RETRACTED, State.MERGED} else ""
        name = state.value.replace("_", " ")  # the shortest word for it
        shapes += [
            _box((x - 55, 14), (110, 36), name, public),
            f'<path class="lane" d="M{x} 50V{bottom}"/>',
        ]
    for number, move in enumerate(MOVES):
        y = top + line * (number + 0.5)
        shapes += _legend(move, (20, y - 4))
        starts, ends = ([column[state] for state in states] for states in (move.starts, move.ends))
        for end in ends:
            farthest = max(starts, key=lambda start: abs(end - start))
            if farthest != end:
                shapes.append(_arrow(f"M{farthest} {y}H{end}"))
        shapes += [f'<circle class="tip" cx="{x}" cy="{y}" r="5"/>' for x in starts]
        shapes += [f'<circle cx="{x}" cy="{y}" r="10"/>' for x in starts if x in ends]
    size = (max(column.values()) + 75, bottom + 10)
    return _svg(size, "The life of a claim: a column a state, a line a move", shapes)


def two_pillars() -> str:
    """The rooms of the house and who imports whom; an arrow that others imply is left out."""
    contracts = tomllib.loads(Path("pyproject.toml").read_text())["tool"]["importlinter"]
    layers, *promises = contracts["contracts"]
    record = {
        room
        for promise in promises
        if "claims.models" in promise["forbidden_modules"]
        for room in promise["source_modules"]
    }
    floors = [layer.split(" | ") for layer in layers["layers"]]
    roof, rooms = floors[0][0], [room for floor in floors[1:] for room in floor]
    width, height, step = 190, 44, 84
    spots: dict[str, Point] = {}
    for level, floor in enumerate(floors[1:], start=1):
        for room in floor:
            inside = [other for other in floor if (other in record) == (room in record)]
            shift = (inside.index(room) - (len(inside) - 1) / 2) * (width + 30)
            middle = 660 if room in record else 170
            spots[room] = (middle + shift - width / 2, 20 + level * step)
    graph = grimp.build_graph(*contracts["root_packages"], cache_dir=None)
    arrows = {
        pair
        for pair in product(rooms, rooms)
        if pair[0] != pair[1]
        and graph.direct_import_exists(importer=pair[0], imported=pair[1], as_packages=True)
    }
    words_only = {
        pair
        for pair in arrows
        for promise in promises
        if pair[0] in promise["source_modules"]
        and any(module.startswith(f"{pair[1]}.") for module in promise["forbidden_modules"])
    }
    shapes = [_box((75, 20), (890, height), f"{roof} · composes all of it", "")]
    for upper, lower in sorted(arrows):
        between = ({(upper, room), (room, lower)} <= arrows - words_only for room in rooms)
        if any(between) and (upper in record) == (lower in record):
            continue
        (x1, y1), (x2, y2) = spots[upper], spots[lower]
        across = (x2 > x1) - (x2 < x1)
        sideways = abs(x2 - x1) > width + 100
        start = (
            (x1 + width * (across + 1) / 2, y1 + height / 2)
            if sideways
            else (x1 + width / 2, y1 + height)
        )
        end = (
            (x2 + width * (1 - across) / 2, y2 + height / 2)
            if sideways
            else (x2 + width / 2 + (x1 - x2) * 0.4, y2)
        )
        style = "words" if (upper, lower) in words_only else ""
        shapes.append(_arrow(f"M{start[0]} {start[1]}L{end[0]} {end[1]}", style))
    shapes += [
        _box(spot, (width, height), room, "record" if room in record else "")
        for room, spot in spots.items()
    ]
    bottom = 40 + len(floors) * step
    notes = [f"{promise['name']}." for promise in promises]
    notes.append("Blue: the public record and what reads it. Dotted: shares words, no tables.")
    shapes += [_text(note, (75, bottom + 22 * n), "small", "start") for n, note in enumerate(notes)]
    return _svg((1000, bottom + 22 * len(notes)), "The rooms of the house", shapes)


DRAWINGS = {"life-of-a-claim.svg": life_of_a_claim, "two-pillars.svg": two_pillars}


def _legend(move: MoveKind, at: Point) -> Iterator[str]:
    """The name of a move, and who may make it."""
    roles = " or ".join(role for role, may in ROLES.items() if move.permission in may)
    note = ", says why" if move.needs_note else ""
    yield _text(str(move.label), at, anchor="start")
    yield _text(f"{roles}{note}", (at[0], at[1] + 18), "small", "start")


def _arrow(path: str, style: str = "") -> str:
    return f'<path class="{style}" d="{path}" marker-end="url(#tip)"/>'


def _box(corner: Point, size: Point, label: str, style: str) -> str:
    (x, y), (width, height) = corner, size
    shape = f'<rect class="box {style}" x="{x}" y="{y}" width="{width}" height="{height}"/>'
    return shape + _text(label, (x + width / 2, y + height / 2 + 5))


def _text(words: str, at: Point, style: str = "", anchor: str = "middle") -> str:
    x, y = at
    return f'<text class="{style}" x="{x}" y="{y}" text-anchor="{anchor}">{escape(words)}</text>'


def _svg(size: Point, title: str, shapes: Iterable[str]) -> str:
    width, height = size
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img">\n'
        f"<title>{escape(title)}</title>\n<style>{STYLE}</style>\n{ARROW}\n"
        + "\n".join(shapes)
        + "\n</svg>\n"
    )
