"""How values are written in Chinese papers."""

from datetime import date

from weijian.domain.measured import told_sigma

DASH = "—"
"""What stands where a value is not known."""


def chinese_date(day: date) -> str:
    """A date as an official paper writes it, without leading zeros.

    >>> chinese_date(date(2025, 6, 5))
    '2025年6月5日'
    """
    return f"{day.year}年{day.month}月{day.day}日"


def square_metres(area: float, sigma: float | None) -> str:
    """An area with its uncertainty (one standard deviation).

    >>> square_metres(86.44, 1.26)
    '86.4 ± 1.3 m²'
    """
    return f"{area:.1f} m²" if sigma is None else f"{area:.1f} ± {told_sigma(sigma)} m²"


def signed_metres(height: float, sigma: float | None) -> str:
    """A height change with its uncertainty (one standard deviation).

    >>> signed_metres(-3.24, 0.2)
    '−3.2 ± 0.2 m'
    """
    number = f"{height:+.1f}".replace("-", "−")
    return f"{number} m" if sigma is None else f"{number} ± {told_sigma(sigma)} m"
