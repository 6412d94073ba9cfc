"""Where: how the words of `location` are read, and how far every vacancy is from there."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from clearinghouse.search.columns import Columns

EARTH = 3958.7613  # mean radius in miles
MILES_A_DEGREE = EARTH * np.pi / 180
Miles = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Circle:
    """A place in degrees and the miles around it."""

    latitude: float
    longitude: float
    radius: float


def haversine(latitude: float, longitude: float, latitudes: Miles, longitudes: Miles) -> Miles:
    """Great-circle miles from one point to many, all in degrees."""
    up = np.sin(np.radians(latitudes - latitude) / 2) ** 2
    across = np.sin(np.radians(longitudes - longitude) / 2) ** 2
    part = up + np.cos(np.radians(latitude)) * np.cos(np.radians(latitudes)) * across
    miles: Miles = 2 * EARTH * np.arcsin(np.sqrt(np.minimum(part, 1.0)))
    return miles


def places_in_box(columns: Columns, circle: Circle) -> npt.NDArray[np.int64]:
    """The numbers of the places in the box around the circle."""
    (south, north), (west, east) = box(circle)
    longitudes = columns.arrays["place_longitude"]
    band = slice(*np.searchsorted(columns.arrays["place_latitude"], (south, north)).tolist())
    inside: npt.NDArray[np.int64] = np.flatnonzero((longitudes[band] >= west) & (longitudes[band] <= east))
    inside += band.start
    return inside


def miles_from(columns: Columns, circle: Circle, rows: npt.NDArray[np.int64] | None = None) -> Miles:
    """Of every row, the miles to the nearest of its places; infinite outside and where no place is known.

    With `rows`, those alone are measured: the rest stays infinite.
    """
    miles = np.full(len(columns), np.inf)
    places = places_in_box(columns, circle)
    if rows is not None:
        wanted = np.zeros(len(columns), dtype=bool)
        wanted[rows] = True
        places = places[wanted[columns.arrays["place_row"][places]]]
    latitudes, longitudes = columns.arrays["place_latitude"][places], columns.arrays["place_longitude"][places]
    found = haversine(circle.latitude, circle.longitude, latitudes, longitudes)
    within = found <= circle.radius
    np.minimum.at(miles, columns.arrays["place_row"][places[within]], found[within])
    return miles


def box(circle: Circle) -> tuple[tuple[float, float], tuple[float, float]]:
    """The degrees of latitude and of longitude that hold the whole circle, a little more."""
    latitude, longitude = circle.latitude, circle.longitude
    reach = circle.radius / MILES_A_DEGREE * 1.0001
    widest = np.cos(np.radians(min(89.0, abs(latitude) + reach)))
    across = min(360.0, float(reach / widest) * 1.01)
    return (latitude - reach, latitude + reach), (longitude - across, longitude + across)
