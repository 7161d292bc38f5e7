"""Numbers in, German text out: "1.234,5"."""


def said(value: float, digits: int = 1) -> str:
    """A number with a decimal comma and points between thousands; never "-0"."""
    text = f"{value:,.{digits}f}".translate(str.maketrans(",.", ".,"))
    return text[1:] if text.startswith("-") and not text.strip("-0.,") else text
