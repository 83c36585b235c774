"""The two flights."""

from village.light import Flight

FLIGHTS = (
    Flight("2024-04-16", 118.0, 50.0, (0.98, 0.95, 0.87), (0.24, 0.29, 0.34), 0.84, 0.3, 0.82, 0.006, 0.07, 2.2),
    Flight("2025-10-28", 212.0, 41.0, (1.06, 0.93, 0.77), (0.20, 0.25, 0.32), 0.84, 0.32, 0.8, 0.008, 0.06, 2.6),
)
"""Spring, in the morning; autumn, after noon."""
