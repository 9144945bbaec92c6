"""Making room in a row: its units move together a little, in their order, for one more."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from model.layout.rows import Place, Rows


def squeezed_in(rows: Rows, unit: int, row: float, slot: float) -> Place | None:
    """A place for a unit in the row nearest to a wanted one that has room in pieces, made free.

    None where no row has room.
    """
    for line in sorted(rows.starts[unit], key=lambda line: abs(line - row)):
        plan = room_in(rows, unit, line, slot)
        if plan is not None:
            place = plan.pop(unit)
            move_all(rows, plan)
            return place
    return None


def room_in(rows: Rows, unit: int, line: int, slot: float) -> dict[int, Place] | None:
    """Places for a lifted unit and those that have to move for it in a row; None without room."""
    if rows.starts[unit].get(line) != 1:
        return None
    best: dict[int, Place] | None = None
    least = float("inf")
    for first, last, singles in _stretches(rows, line):
        free = last - first - sum(rows.spans[one] for one in singles)
        away = max(first - slot, slot - last, 0.0)
        if free < rows.spans[unit] or away >= least:
            continue
        wanted = {one: float(rows.at[one][1]) for one in singles}
        wanted[unit] = max(float(first), min(slot, float(last)))
        spots = _spread(rows, wanted, first, last)
        best = {
            one: (line, at)
            for one, at in spots.items()
            if one == unit or rows.at[one] != (line, at)
        }
        least = away
    return best


def move_all(rows: Rows, places: dict[int, Place]) -> dict[int, Place]:
    """Move units, lifted or not, to places; returns where those that lay somewhere were."""
    before = {one: rows.lift(one) for one in places if one in rows.at}
    for one, place in places.items():
        rows.put(one, *place)
    return before


def _stretches(rows: Rows, line: int) -> list[tuple[int, int, list[int]]]:
    """Parts of a row between units that cannot move, with the units in them that can."""
    here = sorted((rows.at[unit][1], unit) for unit in rows.lines[line])
    found: list[tuple[int, int, list[int]]] = []
    first, singles = 0, list[int]()
    for slot, unit in here:
        if rows.starts[unit][rows.at[unit][0]] > 1:
            found.append((first, slot, singles))
            first, singles = slot + rows.spans[unit], []
        else:
            singles.append(unit)
    found.append((first, rows.slots, singles))
    return found


def _spread(rows: Rows, wanted: dict[int, float], first: int, last: int) -> dict[int, int]:
    """Places for units in a stretch, in the order of where they want to be, pushed no further."""
    order = sorted(wanted, key=lambda one: (wanted[one] + rows.spans[one] / 2, one))
    spots: dict[int, int] = {}
    at = first
    for one in order:
        spots[one] = max(at, round(wanted[one]))
        at = spots[one] + rows.spans[one]
    end = last
    for one in reversed(order):
        spots[one] = min(spots[one], end - rows.spans[one])
        end = spots[one]
    return spots


def slid(rows: Rows, unit: int, slot: int) -> dict[int, Place] | None:
    """Places for a group that is to begin at another slot, and for those that make way for it.

    In every row that it takes the others stay in their order, as many on either side as fit. None
    where that is not possible, for instance because of a card that reaches through several rows.
    """
    row = rows.at[unit][0]
    last = slot + rows.spans[unit]
    if slot < 0 or last > rows.slots:
        return None
    places: dict[int, Place] = {unit: (row, slot)}
    for line in range(row, row + rows.starts[unit][row]):
        others = sorted(rows.lines[line] - {unit}, key=lambda one: rows.at[one][1])
        sides = _sides(rows, others, slot, last)
        if sides is None:
            return None
        for side, first, end in sides:
            wanted = {one: float(rows.at[one][1]) for one in side}
            places |= {one: (line, at) for one, at in _spread(rows, wanted, first, end).items()}
    return {one: place for one, place in places.items() if rows.at[one] != place}


def _sides(
    rows: Rows, others: list[int], slot: int, last: int
) -> list[tuple[list[int], int, int]] | None:
    """The units of a row to the left and right of what is to lie between two slots, with borders.

    None where they do not fit, or one that cannot move lies in between.
    """
    left, right = 0, rows.slots
    singles = []
    for one in others:
        start, end = rows.at[one][1], rows.at[one][1] + rows.spans[one]
        if rows.starts[one][rows.at[one][0]] == 1:
            singles.append(one)
        elif start < last and slot < end:
            return None
        elif end <= slot:
            left = max(left, end)
        else:
            right = min(right, start)
    near = [one for one in singles if left <= rows.at[one][1] < right]
    room, before = slot - left, 0
    for one in near:
        if rows.spans[one] > room or rows.at[one][1] > last:
            break
        room -= rows.spans[one]
        before += 1
    if sum(rows.spans[one] for one in near[before:]) > right - last:
        return None
    return [(near[:before], left, slot), (near[before:], last, right)]
