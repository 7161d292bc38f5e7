"""XML in, a tree of plain elements out, without document types, entities and namespaces. Python's own expat does the reading."""

from dataclasses import dataclass, field
from xml.parsers import expat

from nova.errors import InvalidInput

DEEPEST, MOST = 24, 4_000_000


@dataclass(slots=True)
class Element:
    """An element by its local name: its text without blanks around, its children, and the line where it begins."""

    name: str
    line: int
    text: str = ""
    children: "list[Element]" = field(default_factory=list)

    def first(self, name: str) -> "Element | None":
        """The first child of this name."""
        return next((one for one in self.children if one.name == name), None)

    def all(self, name: str) -> "list[Element]":
        """The children of this name."""
        return [one for one in self.children if one.name == name]

    def value(self, *path: str) -> str:
        """The text at the end of a path of first children; "" where it breaks off."""
        here: Element | None = self
        for name in path:
            here = here.first(name) if here else None
        return here.text if here else ""


def read(data: bytes) -> Element:
    """The root of a document. InvalidInput when it is no well-formed XML, is too deep or brings a document type."""
    root = Element("", 0)
    stack, pieces = [root], [list[str]()]
    parser = expat.ParserCreate()
    counted = 0

    def start(name: str, _attributes: dict[str, str]) -> None:
        nonlocal counted
        counted += 1
        if len(stack) > DEEPEST or counted > MOST:
            raise InvalidInput("Das XML ist zu tief verschachtelt oder hat zu viele Elemente.")
        element = Element(name.rpartition(":")[2], parser.CurrentLineNumber)
        stack[-1].children.append(element)
        stack.append(element)
        pieces.append([])

    def end(_name: str) -> None:
        stack.pop().text = "".join(pieces.pop()).strip()

    def doctype(*_args: object) -> None:
        raise InvalidInput("Das XML bringt einen Dokumenttyp (DOCTYPE) mit; solche Dateien werden nicht gelesen.")

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = lambda text: pieces[-1].append(text)
    parser.StartDoctypeDeclHandler = doctype
    parser.EntityDeclHandler = doctype
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise InvalidInput(f"Das XML ist nicht wohlgeformt (Zeile {error.lineno}, Stelle {error.offset}).") from None
    except (ValueError, LookupError):  # an encoding that Python does not know, or cannot use here
        raise InvalidInput("Das XML nennt eine unbekannte Zeichenkodierung.") from None
    return root.children[0]
