"""How far it is in a straight line between two points on the map. Pure; nobody outside is asked."""

from collections.abc import Iterable
from decimal import Decimal
from math import asin, cos, radians, sin, sqrt

EARTH_KM = 6371.0  # mean radius
Point = tuple[Decimal, Decimal]  # latitude and longitude in degrees (WGS 84)


def point_of(row) -> Point | None:
    """Where a unit or a place of a provider is; None when either coordinate is missing."""
    if row is None or row.latitude is None or row.longitude is None:
        return None
    return row.latitude, row.longitude


def kilometres(one: Point, other: Point) -> float:
    """The great-circle distance (haversine)."""
    (north, east), (north2, east2) = (
        [radians(float(degrees)) for degrees in point] for point in (one, other)
    )
    half = sin((north2 - north) / 2) ** 2 + cos(north) * cos(north2) * sin((east2 - east) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(half))


def nearest_km(origin: Point | None, points: Iterable[Point | None]) -> float | None:
    """Kilometres to the nearest of the points that are known; None when nothing is known."""
    known = [point for point in points if point is not None]
    if origin is None or not known:
        return None
    return min(kilometres(origin, point) for point in known)
