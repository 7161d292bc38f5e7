"""Places in a text, by their first character and the one behind their last."""


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """A place without the white space around its words."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
