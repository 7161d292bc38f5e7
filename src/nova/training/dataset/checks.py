"""A dataset's rows on their sides in, what stops it out: each check with its value, its limit and a German reason."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from nova.german import number
from nova.training.dataset.groups import given_away
from nova.training.dataset.recipe import Recipe
from nova.training.leaks import find_leaks

SHOWN = 5
Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Check:
    """One: `value` may not be above `limit` (for `few...`: below)."""

    name: str
    passed: bool
    value: int
    limit: int
    reason: str


@dataclass(frozen=True, slots=True)
class Found:
    """What was seen of rows: ids of people's who do not agree, of ones in which something personal may stand, both left out already, of
    pairs whose better answer says otherwise than what they cite, and of rows decided while editors agreed too little, which are left out.
    """

    unagreed: Sequence[str] = ()
    personal: Sequence[str] = ()
    contradicting: Sequence[str] = ()
    doubted: Sequence[str] = ()


def checked(rows: Sequence[Row], recipe: Recipe, found: Found, sets: Sequence[Row] = ()) -> list[Check]:
    """Every check. Rows have `id, question, answer, rejected, context, split, licence, classification, export_control`; `sets` are
    the rows of curated evaluation sets, which nothing may be learned from.
    """
    sides = {name: [row for row in rows if row["split"] == name] for name in ("train", "validation", "test")}
    learned = [*sides["train"], *sides["validation"]]
    leaked = find_leaks(learned, sides["test"]).leaked if learned and sides["test"] else set()
    asked = given_away(learned, sets)
    limits = recipe.limits
    return [
        _most("overlap", leaked, limits.leaked, "Datensätze zum Messen stehen auch in denen zum Lernen"),
        _most("evaluation_sets", asked, 0, "Datensätze zum Lernen fragen, was ein Messsatz fragt"),
        _most("canary", marked(rows, recipe.canaries), limits.canary, "Datensätze enthalten eine Marke, die nicht gelernt werden darf"),
        _most("consent", found.unagreed, 0, "Datensätze gehören Personen, die dem Lernen nicht zustimmen", named=False),
        _most("personal", found.personal, 0, "Datensätze enthalten womöglich personenbezogene Angaben", named=False),
        _most("contradiction", found.contradicting, limits.contradicting, "Paare widersprechen in der besseren Antwort ihrer Fundstelle"),
        _warned("agreement", found.doubted, "in ihren Wochen war die Redaktion zu uneinig"),
        _allowed("licence", rows, recipe.allowed.licences, "eine Lizenz, unter der nicht gelernt werden darf"),
        _allowed("classification", rows, recipe.allowed.classifications, "eine Einstufung, die nicht erlaubt ist"),
        _allowed("export_control", rows, recipe.allowed.export_control, "eine Ausfuhrbeschränkung, die nicht erlaubt ist"),
        _least("train_rows", len(sides["train"]), limits.train, "zum Lernen"),
        _least("test_rows", len(sides["test"]), limits.test, "zum Messen"),
    ]  # fmt: skip


def _most(name: str, ids: Collection[str], limit: int, what: str, *, named: bool = True) -> Check:
    """Rows that are in no version are not named: nobody could find them, and nobody could take the name back out."""
    some = f" (etwa {', '.join(sorted(ids)[:SHOWN])})" if ids and named else ""
    return Check(name, len(ids) <= limit, len(ids), limit, f"{number(len(ids), 0)} {what}{some}; erlaubt sind {number(limit, 0)}.")


def _warned(name: str, ids: Collection[str], why: str) -> Check:
    """What was left out stops nothing by itself: a dataset is stopped by what is then missing."""
    return Check(name, True, len(ids), len(ids), f"{number(len(ids), 0)} Datensätze sind ausgelassen: {why}.")


def _least(name: str, value: int, limit: int, what: str) -> Check:
    return Check(name, value >= limit, value, limit, f"{number(value, 0)} Datensätze {what}; nötig sind {number(limit, 0)}.")


def _allowed(name: str, rows: Iterable[Row], values: Sequence[str], what: str) -> Check:
    ids = [row for row in rows if row[name] not in values]
    held = sorted({row[name] or "keine Angabe" for row in ids})
    told = f": {', '.join(held[:SHOWN])}" if held else ""
    return Check(name, not ids, len(ids), 0, f"{number(len(ids), 0)} Datensätze haben {what}{told}; erlaubt sind {', '.join(values)}.")


def marked(rows: Iterable[Row], marks: Sequence[str]) -> list[str]:
    """Ids of rows in which a mark stands, however it is spaced and spelt."""
    bare = [_bare(mark) for mark in marks]
    return [row["id"] for row in rows if bare and any(mark in _bare(" ".join(map(str, row.values()))) for mark in bare)]


def _bare(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


def personal(rows: Iterable[Row], holds: Callable[[str], bool], public: Collection[str]) -> list[str]:
    """Ids of rows in which something personal may stand; `public` sources, laws, are not looked through."""
    known: dict[str, bool] = {}

    def held(text: str) -> bool:
        if text not in known:
            known[text] = holds(text)
        return known[text]

    return [
        row["id"]
        for row in rows
        if row["source"] not in public and any(held(row[name]) for name in ("question", "answer", "rejected") if row[name])
    ]
