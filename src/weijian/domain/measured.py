"""Measured values as people read them."""


def with_sigma(value: float, sigma: float | None) -> str:
    """A value to one decimal with its standard deviation.

    >>> with_sigma(86.44, 1.26), with_sigma(3.1, 0.02), with_sigma(3.1, None)
    ('86.4±1.3', '3.1±0.1', '3.1')
    """
    return f"{value:.1f}" if sigma is None else f"{value:.1f}±{told_sigma(sigma)}"


def told_sigma(sigma: float) -> str:
    """A standard deviation to one decimal; a small one is never told as none.

    >>> told_sigma(1.26), told_sigma(0.02)
    ('1.3', '0.1')
    """
    return f"{max(sigma, 0.1):.1f}"
