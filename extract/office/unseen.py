"""What is in a file of an office program and not seen as a figure: colours that look alike, and brackets for such text."""

Colour = tuple[int, int, int]

WHITE: Colour = (255, 255, 255)
_CLOSE = 24
"""Two colours that differ less in each of red, green and blue look alike."""


def set_apart(text: str) -> str:
    """Return a text in brackets, if there is any."""
    return f"[{text}]" if text.strip() else text


def is_figure(text: str) -> bool:
    """Say whether a text is a figure or a sign: words that are not seen do no harm."""
    return any(map(str.isdigit, text)) or not any(map(str.isalpha, text))


def look_alike(one: Colour | str | None, other: Colour | str | None) -> bool:
    """Say whether two colours, or names of colours, cannot be told apart."""
    if isinstance(one, tuple) and isinstance(other, tuple):
        return all(abs(first - second) < _CLOSE for first, second in zip(one, other, strict=True))
    return one == other
