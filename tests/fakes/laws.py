"""Regulations that nobody passed: as many as a test wants, none like another."""


def law(number: int, provisions: int = 8) -> bytes:
    """A made-up regulation of so many provisions, of which every passage is its own."""
    text = "\n".join(
        f"## § {n} Zähler {number}-{n}\n\n(1) Der Betreiber hat den Zähler {number}-{n} alle {n + 1} Jahre zu prüfen und das Ergebnis "
        f"binnen {n + 2} Wochen der Behörde {number} mitzuteilen.\n"
        for n in range(1, provisions + 1)
    )
    return f"# Verordnung über Zähler Nummer {number}\n\n{text}".encode()


def long_law(number: int) -> bytes:
    """One that takes a while to read."""
    return law(number, 40)
