"""What kind of browser this is: enough to tell one's own sign-ins apart, and to notice a thief's.

A browser that is updated keeps its kind.
"""

from flask import request

# In this order: most browsers also name the ones they descend from.
BROWSERS = {
    "Edg": "Edge",
    "OPR/": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "CriOS": "Chrome",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
SYSTEMS = {
    "Windows": "Windows",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "CrOS": "ChromeOS",
    "Mac OS": "macOS",
    "Linux": "Linux",
}


def name() -> str:
    """Return the kind of browser that asks, such as "Firefox, Windows"."""
    told = request.headers.get("User-Agent", "")
    return ", ".join(word for word in (_first(BROWSERS, told), _first(SYSTEMS, told)) if word)


def _first(names: dict[str, str], told: str) -> str:
    return next((name for part, name in names.items() if part in told), "")
