"""How far colours are apart, for all kinds of eyes, and how well they are read on a ground; a colour is `#rrggbb`."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from math import atan2, cos, degrees, exp, hypot, radians, sin, sqrt

Three = tuple[float, float, float]

EYES = ("normal", "protan", "deutan", "tritan")
"""Kinds of colour vision: the common one, and those that see no red, no green, no blue."""

CLOSE = 10.0
"""Distance under which two thin bars beside each other are easily taken for one another."""

TINT, TINT_CHOSEN = 0.18, 0.32
"""How much of a colour lies under the words of a span, and of the chosen one."""

BRIGHT, INK = "#ffffff", "#0d0c0a"
"""The letters on a chip: white where that is readable, else nearly black."""

_CODE = re.compile(r"#[0-9a-f]{6}", re.IGNORECASE)

# Machado, Oliveira and Fernandes 2009, severity 1.0, for linear RGB
_SEEN: dict[str, tuple[Three, Three, Three]] = {
    "protan": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deutan": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritan": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
_WHITE: Three = (0.95047, 1.0, 1.08883)


def is_colour(code: str) -> bool:
    """Say whether it is a colour as it is written here."""
    return _CODE.fullmatch(code) is not None


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours after WCAG 2: from 1 to 21."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def letters_on(code: str) -> str:
    """Return the colour of letters that are read on this one."""
    return BRIGHT if contrast(BRIGHT, code) >= 4.5 else INK


def mixed(code: str, ground: str, share: float) -> str:
    """Return a colour thinned with the ground that it lies on."""
    both = zip(_channels(code), _channels(ground), strict=True)
    return _code(tuple(a * share + b * (1 - share) for a, b in both))


def readable(code: str, ground: str, least: float = 3.0) -> str:
    """Return the colour, made darker or lighter as far as the ground asks for, so that bar and chip can be read."""
    step = -1 if _luminance(ground) > 0.5 else 1
    light, a, b = _lab(_linear(code))
    found = code
    while contrast(found, ground) < least or contrast(letters_on(found), found) < 4.5:
        light += step
        if not 0 <= light <= 100:
            break
        found = _from_lab((light, a, b))
    return found


def as_seen(code: str, eyes: str) -> str:
    """Return how a colour looks to a kind of eyes."""
    return _code(_each(_seen(code, eyes), lambda v: 12.92 * v if v <= 0.0031308 else 1.055 * v ** (1 / 2.4) - 0.055))


@cache
def distance(one: str, other: str, eyes: str = "normal") -> float:
    """Return how different two colours look (CIEDE2000) to a kind of eyes."""
    return ciede2000(_lab(_seen(one, eyes)), _lab(_seen(other, eyes)))


def ciede2000(one: Three, other: Three) -> float:
    """Return the difference of two colours in CIELAB (Sharma, Wu and Dalal 2005)."""
    (l1, a1, b1), (l2, a2, b2) = one, other
    mean = (hypot(a1, b1) + hypot(a2, b2)) / 2
    g = 0.5 * (1 - sqrt(mean**7 / (mean**7 + 25**7)))
    (c1, h1), (c2, h2) = _polar((1 + g) * a1, b1), _polar((1 + g) * a2, b2)
    turn = 0.0 if c1 * c2 == 0 else (h2 - h1 + 180) % 360 - 180
    if c1 * c2 and turn == -180:
        turn = 180.0
    middle = h1 + h2 if c1 * c2 == 0 else (h1 + turn / 2) % 360
    light, chroma = (l1 + l2) / 2, (c1 + c2) / 2
    t = (
        1
        - 0.17 * cos(radians(middle - 30))
        + 0.24 * cos(radians(2 * middle))
        + 0.32 * cos(radians(3 * middle + 6))
        - 0.20 * cos(radians(4 * middle - 63))
    )
    by_light = (l2 - l1) / (1 + 0.015 * (light - 50) ** 2 / sqrt(20 + (light - 50) ** 2))
    by_chroma = (c2 - c1) / (1 + 0.045 * chroma)
    by_hue = 2 * sqrt(c1 * c2) * sin(radians(turn / 2)) / (1 + 0.015 * chroma * t)
    rotation = -2 * sqrt(chroma**7 / (chroma**7 + 25**7)) * sin(radians(60 * exp(-(((middle - 275) / 25) ** 2))))
    return sqrt(max(0.0, by_light**2 + by_chroma**2 + by_hue**2 + rotation * by_chroma * by_hue))


# --- within -------------------------------------------------------------------------------------------------------


def _polar(a: float, b: float) -> tuple[float, float]:
    return hypot(a, b), degrees(atan2(b, a)) % 360


def _channels(code: str) -> Three:
    return int(code[1:3], 16) / 255, int(code[3:5], 16) / 255, int(code[5:7], 16) / 255


def _code(channels: tuple[float, ...]) -> str:
    return "#" + "".join(f"{round(min(1.0, max(0.0, value)) * 255):02x}" for value in channels)


def _each(values: Three, change: Callable[[float], float]) -> Three:
    return change(values[0]), change(values[1]), change(values[2])


def _linear(code: str) -> Three:
    return _each(_channels(code), lambda v: v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4)


def _luminance(code: str) -> float:
    red, green, blue = _linear(code)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _seen(code: str, eyes: str) -> Three:
    linear = _linear(code)
    if eyes not in _SEEN:
        return linear
    red, green, blue = (sum(m * v for m, v in zip(row, linear, strict=True)) for row in _SEEN[eyes])
    return _each((red, green, blue), lambda v: min(1.0, max(0.0, v)))


def _lab(linear: Three) -> Three:
    red, green, blue = linear
    xyz = (
        0.4124564 * red + 0.3575761 * green + 0.1804375 * blue,
        0.2126729 * red + 0.7151522 * green + 0.0721750 * blue,
        0.0193339 * red + 0.1191920 * green + 0.9503041 * blue,
    )
    x, y, z = (_root(value / white) for value, white in zip(xyz, _WHITE, strict=True))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _root(value: float) -> float:
    return float(value ** (1 / 3)) if value > 216 / 24389 else (24389 / 27 * value + 16) / 116


def _from_lab(lab: Three) -> str:
    light, a, b = lab
    y = (light + 16) / 116
    cubes = (y + a / 500, y, y - b / 200)
    x, y, z = (
        white * (v**3 if v**3 > 216 / 24389 else (116 * v - 16) * 27 / 24389)
        for v, white in zip(cubes, _WHITE, strict=True)
    )
    linear = (
        3.2404542 * x - 1.5371385 * y - 0.4985314 * z,
        -0.9692660 * x + 1.8760108 * y + 0.0415560 * z,
        0.0556434 * x - 0.2040259 * y + 1.0572252 * z,
    )
    return _code(_each(linear, lambda v: 12.92 * v if v <= 0.0031308 else 1.055 * v ** (1 / 2.4) - 0.055))
