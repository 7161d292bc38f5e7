"""Words of texts: how many are known from other texts, and which language they speak for."""

from dataclasses import dataclass
from typing import Final

import polars as pl

LANGUAGES: Final = ("de", "en", "nl", "fr")
_SMALL: Final = {
    "de": "und der das den dem des ist sind wir ich sie ihr ihre ihren ihrem ihnen nicht mit für auf ein eine einen einem einer "
    "von zum zur im am bei wurde werden wird haben hat auch noch oder aber bitte vielen dank sehr geehrte damen herren "
    "unsere unser unseren mein meine meinen mich mir uns euch kann können seit nach über bis wie warum wann beim vom dass "
    "keine kein schon heute gestern guten grüßen freundlichen rechnung strom zähler kunde",
    "en": "the and of to is are we you your our my not with for on an from has have been was were will would please thank thanks "
    "dear sir madam this that these those it they he she his her their can could should do does did what when why how which "
    "at by be if but or yes about after before since between all any some more no me us invoice electricity meter customer "
    "kind regards",
    "nl": "het een van en niet met voor op zijn wij ik jij jullie uw onze ons mijn naar bij ook nog maar wordt worden werd hebben "
    "heeft heb geen dat dit deze die er aan als kan kunnen moet graag dank bedankt geachte heer mevrouw sinds hoe waarom "
    "wanneer welke door uit tot om te stroom rekening klant factuur meterstand vriendelijke groet",
    "fr": "le la les un une des du et est sont nous vous je il elle ils pas avec pour sur dans par votre notre vos nos mon ma mes "
    "au aux que qui ne ce cette ces être avoir été merci bonjour madame monsieur cordialement facture compteur client "
    "électricité depuis",
}  # fmt: skip
_SHARED: Final = frozenset(
    word for word in " ".join(_SMALL.values()).split() if sum(word in told.split() for told in _SMALL.values()) > 1
) | {"die", "in", "was", "de", "an", "also", "so", "am", "will", "is", "er", "ons", "strom"}
_WORD: Final = r"\p{L}{2,}"
_LEAST: Final = 3


@dataclass(frozen=True, slots=True)
class Words:
    """What a sample's texts taught: a row a word, with `known` and a column a language that is 1 where the word speaks for it."""

    table: pl.DataFrame

    def read(self, texts: pl.Series, prefix: str) -> pl.DataFrame:
        """For each text `{prefix}words`, `{prefix}known` (share of words known, null without any) and a column a language: votes."""
        tokens = _tokens(texts).join(self.table, on="word", how="left")
        counted = tokens.group_by("row").agg(
            pl.len().cast(pl.Int32).alias("words"), pl.col("known").sum().cast(pl.Float64), *(pl.col(lang).sum() for lang in LANGUAGES)
        )
        rows = pl.DataFrame({"row": pl.int_range(len(texts), eager=True, dtype=pl.UInt32)}).join(
            counted, on="row", how="left", maintain_order="left"
        )
        return rows.select(
            pl.col("words").fill_null(0).alias(f"{prefix}words"),
            (pl.col("known") / pl.col("words")).alias(f"{prefix}known"),
            *(pl.col(lang).fill_null(0).cast(pl.Int32).alias(f"{prefix}{lang}") for lang in LANGUAGES),
        )


def _tokens(texts: pl.Series) -> pl.DataFrame:
    listed = texts.str.slice(0, 600).str.to_lowercase().str.extract_all(_WORD)
    frame = pl.DataFrame({"row": pl.int_range(len(texts), eager=True, dtype=pl.UInt32), "word": listed})
    return frame.filter(pl.col("word").list.len() > 0).explode("word")


def learn(texts: pl.Series, languages: pl.Series | None) -> Words:
    """Words of a sample: known are those of three texts or more; a language's own are its small words and those only its texts hold."""
    told = _tokens(texts).unique(maintain_order=False)
    counts = told.group_by("word").len().filter(pl.col("len") >= _LEAST).select("word", pl.lit(1).alias("known"))
    small = pl.DataFrame(
        [(word, lang) for lang, all_words in _SMALL.items() for word in all_words.split() if word not in _SHARED],
        schema=["word", "lang"],
        orient="row",
    )
    votes = pl.concat([small, _own(told, languages)]).unique() if languages is not None else small
    wide = votes.group_by("word").agg(*((pl.col("lang") == lang).any().cast(pl.Int32).alias(lang) for lang in LANGUAGES))
    wide = wide.filter(pl.sum_horizontal(LANGUAGES) == 1)
    return Words(counts.join(wide, on="word", how="full", coalesce=True).fill_null(0).sort("word"))


def _own(told: pl.DataFrame, languages: pl.Series) -> pl.DataFrame:
    """Words that nine tenths of the time stand in texts of one language, the languages weighed alike."""
    rows = pl.DataFrame(
        {"row": pl.int_range(len(languages), eager=True, dtype=pl.UInt32), "lang": languages.str.slice(0, 2).str.to_lowercase()}
    )
    sizes = rows.filter(pl.col("lang").is_in(LANGUAGES)).group_by("lang").len("size").filter(pl.col("size") >= 100)
    if len(sizes) < 2:
        return pl.DataFrame(schema={"word": pl.String, "lang": pl.String})
    seen = (
        told.join(rows.join(sizes, on="lang"), on="row")
        .group_by("word", "lang")
        .agg(pl.len().alias("n"), (pl.len() / pl.col("size").first()).alias("rate"))
    )
    share = pl.col("rate") / pl.col("rate").sum().over("word")
    return seen.filter((share >= 0.9) & (pl.col("n") >= 5)).select("word", "lang")
