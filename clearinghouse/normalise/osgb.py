"""From the Ordnance Survey's national grid to latitude and longitude, within 5 metres.

The grid is a transverse Mercator projection on the Airy 1830 ellipsoid; a Helmert transformation brings that to WGS 84.
The constants are the Ordnance Survey's ("A guide to coordinate systems in Great Britain", sections A, B and C).
"""

from __future__ import annotations

import math

_A, _B = 6377563.396, 6356256.909  # Airy 1830, metres
_F0 = 0.9996012717
_LAT0, _LON0 = math.radians(49), math.radians(-2)
_E0, _N0 = 400_000.0, -100_000.0
_E2 = 1 - (_B * _B) / (_A * _A)
_N = (_A - _B) / (_A + _B)

_WGS_A, _WGS_B = 6378137.0, 6356752.314245
_WGS_E2 = 1 - (_WGS_B * _WGS_B) / (_WGS_A * _WGS_A)
_SHIFT = (446.448, -125.157, 542.060)
_SCALE = 1 - 20.4894e-6
_TURN = tuple(math.radians(seconds / 3600) for seconds in (0.1502, 0.2470, 0.8421))


def to_wgs84(easting: float, northing: float) -> tuple[float, float]:
    """Latitude and longitude in degrees of a grid reference in metres, rounded to 5 decimals (1 metre)."""
    latitude, longitude = _helmert(*_unprojected(easting, northing))
    return round(math.degrees(latitude), 5), round(math.degrees(longitude), 5)


def _arc(latitude: float) -> float:
    """The developed arc of the meridian from the true origin, in metres."""
    n, n2, n3 = _N, _N * _N, _N**3
    less, more = latitude - _LAT0, latitude + _LAT0
    return (
        _B
        * _F0
        * (
            (1 + n + 1.25 * n2 + 1.25 * n3) * less
            - (3 * n + 3 * n2 + 2.625 * n3) * math.sin(less) * math.cos(more)
            + (1.875 * n2 + 1.875 * n3) * math.sin(2 * less) * math.cos(2 * more)
            - 35 / 24 * n3 * math.sin(3 * less) * math.cos(3 * more)
        )
    )


def _unprojected(easting: float, northing: float) -> tuple[float, float]:
    latitude = _LAT0
    for _ in range(20):
        rest = northing - _N0 - _arc(latitude)
        latitude += rest / (_A * _F0)
        if abs(rest) < 1e-5:
            break
    sine = math.sin(latitude)
    nu = _A * _F0 / math.sqrt(1 - _E2 * sine * sine)
    rho = _A * _F0 * (1 - _E2) / (1 - _E2 * sine * sine) ** 1.5
    eta2 = nu / rho - 1
    return _series(latitude, easting - _E0, nu, rho, eta2)


def _series(latitude: float, east: float, nu: float, rho: float, eta2: float) -> tuple[float, float]:
    tan, sec = math.tan(latitude), 1 / math.cos(latitude)
    t2, t4 = tan**2, tan**4
    north = (
        latitude
        - east**2 * tan / (2 * rho * nu)
        + east**4 * tan / (24 * rho * nu**3) * (5 + 3 * t2 + eta2 - 9 * t2 * eta2)
        - east**6 * tan / (720 * rho * nu**5) * (61 + 90 * t2 + 45 * t4)
    )
    longitude = (
        _LON0
        + east * sec / nu
        - east**3 * sec / (6 * nu**3) * (nu / rho + 2 * t2)
        + east**5 * sec / (120 * nu**5) * (5 + 28 * t2 + 24 * t4)
        - east**7 * sec / (5040 * nu**7) * (61 + 662 * t2 + 1320 * t4 + 720 * t2 * t4)
    )
    return north, longitude


def _helmert(latitude: float, longitude: float) -> tuple[float, float]:
    nu = _A / math.sqrt(1 - _E2 * math.sin(latitude) ** 2)
    x = nu * math.cos(latitude) * math.cos(longitude)
    y = nu * math.cos(latitude) * math.sin(longitude)
    z = nu * (1 - _E2) * math.sin(latitude)
    rx, ry, rz = _TURN
    east = _SHIFT[0] + x * _SCALE - y * rz + z * ry
    north = _SHIFT[1] + x * rz + y * _SCALE - z * rx
    up = _SHIFT[2] - x * ry + y * rx + z * _SCALE
    return _on_wgs(east, north, up)


def _on_wgs(x: float, y: float, z: float) -> tuple[float, float]:
    level = math.hypot(x, y)
    latitude = math.atan2(z, level * (1 - _WGS_E2))
    for _ in range(6):
        nu = _WGS_A / math.sqrt(1 - _WGS_E2 * math.sin(latitude) ** 2)
        latitude = math.atan2(z + _WGS_E2 * nu * math.sin(latitude), level)
    return latitude, math.atan2(y, x)
