"""Pay scales that simulated adverts quote.

Sources: NHS Employers, Agenda for Change 2026-27; the NJC spine of April 2025 raised by the 3.3% that adverts already
use in 2026-27; the School Teachers' Review Body scales for England outside London from September 2025.
"""

from __future__ import annotations

WEEKS = 52.143

AFC = {
    "2": (25272, 25272),
    "3": (25760, 27476),
    "4": (28392, 31157),
    "5": (32073, 39043),
    "6": (39959, 48117),
    "7": (49387, 56515),
    "8a": (57528, 64750),
    "8d": (94356, 108813),
}
# Spinal column points 3 to 43
_POINTS = (
    "25614 26016 26427 26847 27274 27709 28153 28608 29071 29542 30023 30515 31015 31525 32046 32578 33119 33673 34237 "
    "34811 35570 36581 37563 38510 39481 40444 41177 42123 43149 44253 45529 46579 47665 48738 49817 50908 51928 53051 "
    "54143 55224 56293"
)
NJC = dict(enumerate(map(int, _POINTS.split()), start=3))

# Lowest and highest pay of the main range, of main and upper together, and of leadership points 10 to 14
MAIN = (32916, 45352)
UPPER = (32916, 51048)
LEADERSHIP = (64691, 71330)
