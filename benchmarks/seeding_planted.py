"""A kind of model and a seed in, records with a planted effect of ordinary size out; and the same with their target shuffled."""

from collections.abc import Callable, Mapping

import numpy as np
import polars as pl

Dice = np.random.Generator
PRAISE = (
    "die Kollegin am Telefon nahm sich Zeit", "der Monteur kam pünktlich", "die Rechnung war diesmal verständlich",
    "der Zähler lief nach einer Stunde wieder", "man hat mir sofort zurückgeschrieben", "das Portal ging ohne Anleitung",
    "the technician explained everything", "my refund arrived the next day", "de monteur was op tijd",
    "ich wurde zweimal zurückgerufen, ohne zu bitten", "so stelle ich mir einen Versorger vor",
)  # fmt: skip
BLAME = (
    "seit drei Wochen höre ich nichts", "der Abschlag stieg ohne ein Wort", "der Termin wurde wieder verschoben",
    "am Telefon hing ich vierzig Minuten", "die Ablesung stimmt schon wieder nicht", "keiner fühlt sich zuständig",
    "nobody answers my emails", "I was charged twice", "ik wacht al een maand op antwoord",
    "man schickt mir den Brief an die alte Anschrift", "so geht man mit Kunden nicht um",
)  # fmt: skip
FLAT = (
    "mein Zählerstand ist {n}", "ich ziehe zum Ersten um", "bitte senden Sie mir die Rechnung für {n}", "die Kundennummer lautet {n}",
    "wie hoch ist der Abschlag", "please confirm the meter reading {n}", "ich möchte den Abschlag auf {n} Euro ändern",
    "wann wird abgelesen", "kann ich die Abrechnung online sehen", "mijn meterstand is {n}",
)  # fmt: skip
TOPICS: Mapping[str, tuple[str, ...]] = {
    "Abschlag": ("monatlich zu viel abgebucht", "ich möchte weniger im Monat zahlen", "die Vorauszahlung passt nicht", "Rate senken"),
    "Umzug": ("neue Anschrift ab Mai", "wir ziehen aus", "Schlüsselübergabe am Freitag", "Wohnung übernommen, wer liefert dort"),
    "Zähler": ("der Stand lässt sich nicht lesen", "die Anzeige ist schwarz", "Ablesung gemeldet", "das Gerät wurde getauscht"),
    "Störung": ("seit heute Nacht dunkel", "Sicherung fliegt raus", "ganze Straße ohne Strom", "Licht flackert"),
    "Vertrag": ("ich will kündigen", "wie lange bin ich gebunden", "Laufzeit verlängert ohne Nachricht", "Widerruf des Auftrags"),
    "Einspeisung": ("meine Module auf dem Dach", "Vergütung nicht überwiesen", "Wechselrichter angemeldet", "Überschuss ins Netz"),
}


def _pick(dice: Dice, values: tuple[str, ...] | list[str], n: int, p: list[float] | None = None) -> np.ndarray:
    return dice.choice(np.array(values), n, p=p)


def _days(dice: Dice, n: int, span: int = 360) -> np.ndarray:
    return np.sort(np.datetime64("2025-01-01") + dice.integers(0, span * 86_400, n).astype("timedelta64[s]"))


def _chance(score: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-score))


def content_performance(dice: Dice, n: int) -> pl.DataFrame:
    kind, topic = _pick(dice, ("faq", "ratgeber", "news", "formular"), n), _pick(dice, tuple(TOPICS), n)
    words, age, dwell = dice.lognormal(5.5, 0.7, n).round(), dice.integers(28, 900, n), dice.lognormal(3.5, 0.6, n).round(1)
    base = {one: dice.normal(0, 0.4) for one in [*sorted(set(kind)), *sorted(set(topic))]}
    score = np.array([base[k] + base[t] for k, t in zip(kind, topic, strict=True)])
    score = score - 0.5 * np.abs(np.log(words) - 5.5) - 0.001 * age + 0.6 * (np.log(dwell) - 3.5) + 0.8 * ((kind == "faq") & (words < 200))
    share = np.clip(_chance(score + dice.normal(0, 0.7, n)), 0, 1).round(4)
    return pl.DataFrame(
        {
            "id": _ids(n),
            "ts": _days(dice, n).astype(str),
            "kind": kind,
            "topic": topic,
            "words": words,
            "age_days": age,
            "dwell_s": dwell,
            "useful_share": share,
        }
    )


def hashtag_effectiveness(dice: Dice, n: int) -> pl.DataFrame:
    tags = [
        f"#{name}"
        for name in ("strom", "gas", "ökostrom", "wallbox", "solar", "sparen", "tarif", "netz", "wärme", "umzug", "zähler", "störung")
    ]
    tag, channel, topic = _pick(dice, tags, n), _pick(dice, ("x", "linkedin", "instagram", "facebook"), n), _pick(dice, tuple(TOPICS), n)
    when = _days(dice, n)
    hour = (when.astype("datetime64[h]").astype(int) % 24).astype(int)
    of_tag = dict(zip(tags, dice.normal(0, 0.5, len(tags)), strict=True))
    together = {(t, c): dice.normal(0, 0.4) for t in tags for c in ("x", "linkedin", "instagram", "facebook")}
    score = (
        -3.5
        + np.array([of_tag[t] + together[t, c] for t, c in zip(tag, channel, strict=True)])
        + 0.5 * np.cos((hour - 19) / 24 * 2 * np.pi)
    )
    shown = dice.integers(20, 600, n)
    clicks = dice.binomial(shown, _chance(score + dice.normal(0, 0.2, n)))
    return pl.DataFrame(
        {
            "id": _ids(n),
            "ts": when.astype(str),
            "tag": tag,
            "channel": channel,
            "hour": hour,
            "topic": topic,
            "impressions": shown,
            "clicks": clicks,
        }
    )


def engagement_prediction(dice: Dice, n: int) -> pl.DataFrame:
    people = [f"p{at}" for at in range(max(20, n // 12))]
    liking = dict(zip(people, dice.normal(0, 0.8, len(people)), strict=True))
    person, rule = _pick(dice, people, n), _pick(dice, ("lastverschiebung", "tarifwechsel", "standby", "pv_eigenverbrauch"), n)
    meter, eur = _pick(dice, ("household", "business", "heat_pump", "ev"), n), dice.lognormal(3.2, 0.9, n).round(2)
    before, taken = np.zeros(n, int), np.zeros(n, int)
    held = dict.fromkeys(people, 0)
    for at in range(n):
        before[at] = held[person[at]]
        score = -1.8 + liking[person[at]] + 0.7 * (np.log(eur[at]) - 3.2) + 0.9 * (rule[at] == "tarifwechsel") * (meter[at] == "heat_pump")
        taken[at] = dice.random() < _chance(np.array(score + 0.15 * min(before[at], 6)))
        held[person[at]] += taken[at]
    return pl.DataFrame(
        {
            "id": _ids(n),
            "ts": _days(dice, n).astype(str),
            "person": person,
            "rule": rule,
            "eur": eur,
            "meter_kind": meter,
            "taken_before": before,
            "taken": taken,
        }
    )


def cross_platform(dice: Dice, n: int) -> pl.DataFrame:
    places = [(c, t) for c in ("telefon", "mail", "chat") for t in ("Störung", "Abschlag", "Vertrag")]
    days = max(30, n // len(places))
    outages, bills, posts = (
        dice.poisson(0.4, days + 7),
        dice.binomial(1, 0.15, days + 7) * dice.poisson(300, days + 7),
        dice.poisson(1, days + 7),
    )
    rows = []
    for at in range(7, days + 7):
        day = np.datetime64("2025-01-01") + np.timedelta64(at, "D")
        weekend = (at + 2) % 7 >= 5
        for channel, topic in places:
            level = 2.2 + 0.4 * (channel == "telefon") - 0.8 * weekend + 0.1 * dice.normal()
            if topic == "Störung":
                level += 0.7 * outages[at] + 0.3 * outages[at - 1]
            if topic == "Abschlag":
                level += 0.002 * (0.3 * bills[at] + bills[at - 1] + bills[at - 2])
            level += 0.1 * posts[at] * (channel == "chat")
            rows.append(
                (str(day), channel, topic, int(outages[at]), int(bills[at]), int(posts[at]), int(dice.poisson(np.exp(min(level, 5)))))
            )
    names = ["day", "channel", "topic", "outages", "bills", "posts", "contacts"]
    return pl.DataFrame(rows, schema=names, orient="row").with_columns(pl.Series("id", _ids(len(rows))))


def sentiment_analysis(dice: Dice, n: int) -> pl.DataFrame:
    label = _pick(dice, ("positive", "negative", "neutral"), n, [0.3, 0.3, 0.4])
    shelf = {"positive": PRAISE, "negative": BLAME, "neutral": FLAT}
    texts = []
    for one in label:
        said = [str(dice.choice(shelf[one]))] + [str(dice.choice(FLAT)) for _ in range(dice.integers(0, 3))]
        if dice.random() < 0.12:  # people say one thing and mean another now and then
            said[0] = str(dice.choice(shelf[str(dice.choice(list(shelf)))]))
        dice.shuffle(said)
        texts.append(". ".join(part.format(n=dice.integers(100, 99_999)) for part in said))
    return pl.DataFrame({"id": _ids(n), "text": texts, "label": label})


def churn(dice: Dice, n: int) -> pl.DataFrame:
    tariff, left = _pick(dice, ("basis", "fix12", "fix24", "öko"), n), dice.integers(0, 24, n)
    change, kwh = dice.normal(0.03, 0.08, n).round(4), dice.lognormal(8, 0.5, n).round()
    contacts, tone = dice.poisson(0.6, n), dice.normal(0, 0.5, n).round(3)
    score = (
        -2.4
        - 0.08 * left
        + 9 * np.maximum(change, 0) * (left < 6)
        + 0.5 * contacts
        - 0.9 * tone * (contacts > 0)
        + 0.5 * (tariff == "basis")
    )
    cutoffs = np.array(["2025-03-31", "2025-06-30", "2025-09-30", "2025-12-31"])
    return pl.DataFrame(
        {
            "customer_no": [f"K{at:06d}" for at in range(n)], "cutoff": dice.choice(cutoffs, n), "tariff": tariff, "months_left": left,
            "price_change": change, "kwh": kwh, "contacts_90d": contacts, "tone": tone,
            "left_90d": (dice.random(n) < _chance(score)).astype(int),
        }
    )  # fmt: skip


def next_page(dice: Dice, n: int) -> pl.DataFrame:
    routes = [
        "/",
        "/fragen",
        "/energie",
        "/markt",
        "/empfehlungen",
        "/dokumente",
        "/admin/kpis",
        "/admin/korpus",
        "/admin/modelle",
        "/admin/betrieb",
    ]
    roles = ["employee", "engineer", "admin"]
    likes = {role: dice.dirichlet(np.full(len(routes), 0.5), len(routes)) for role in roles}
    told, session, moment = [], 0, np.datetime64("2026-01-01T08:00:00")
    while len(told) < n:
        role, route, session = str(dice.choice(roles)), str(dice.choice(routes[:3])), session + 1
        for _ in range(int(dice.integers(2, 9))):
            following = str(dice.choice(routes, p=0.8 * likes[role][routes.index(route)] + 0.2 / len(routes)))
            told.append((f"v{len(told)}", f"s{session}", str(moment), route, role, following))
            moment, route = moment + np.timedelta64(int(dice.integers(5, 120)), "s"), following
        moment += np.timedelta64(int(dice.integers(60, 3600)), "s")
    return pl.DataFrame(told, schema=["id", "session", "ts", "route", "role", "next"], orient="row")


def topic(dice: Dice, n: int) -> pl.DataFrame:
    label = _pick(dice, tuple(TOPICS), n)
    texts = []
    for one in label:
        said = [str(dice.choice(TOPICS[one]))] + [str(dice.choice(FLAT)) for _ in range(dice.integers(0, 3))]
        if dice.random() < 0.1:
            said[0] = str(dice.choice(TOPICS[str(dice.choice(list(TOPICS)))]))
        dice.shuffle(said)
        texts.append(". ".join(part.format(n=dice.integers(100, 99_999)) for part in said))
    return pl.DataFrame({"id": _ids(n), "text": texts, "topic": label})


def segments(dice: Dice, n: int) -> pl.DataFrame:
    kinds = {
        "haushalt": (7.9, 0.3, 0.25, 0.08, 0.05),
        "waermepumpe": (9.0, 0.3, 0.42, 0.1, 0.1),
        "gewerbe": (10.2, 0.5, 0.15, 0.02, 0.05),
        "auto": (8.6, 0.3, 0.5, 0.5, 0.95),
    }
    group = _pick(dice, tuple(kinds), n, [0.5, 0.2, 0.15, 0.15])
    told = np.array([kinds[one] for one in group])
    kwh = np.exp(dice.normal(told[:, 0], told[:, 1]))
    frame = {"id": _ids(n), "kwh": kwh.round(), "night_share": np.clip(dice.normal(told[:, 2], 0.06), 0, 1).round(3)}
    frame |= {"peak_kw": (kwh / 8760 * dice.lognormal(1.6, 0.25, n) * (1 + (group == "auto"))).round(2)}
    frame |= {"pv": (dice.random(n) < told[:, 3]).astype(int), "ev": (dice.random(n) < told[:, 4]).astype(int), "segment": group}
    return pl.DataFrame(frame)


def _ids(n: int) -> list[str]:
    return [f"r{at}" for at in range(n)]


MAKERS: Mapping[str, Callable[[Dice, int], pl.DataFrame]] = {
    one.__name__: one
    for one in (
        content_performance, hashtag_effectiveness, engagement_prediction, cross_platform, sentiment_analysis, churn, next_page, topic,
        segments,
    )
}  # fmt: skip


def planted(kind: str, seed: int, rows: int) -> pl.DataFrame:
    """Records of a kind."""
    return MAKERS[kind](np.random.default_rng(seed), rows)


def shuffled(kind: str, frame: pl.DataFrame, seed: int) -> pl.DataFrame:
    """The same with its target in another order; segments with each column in an order of its own."""
    from nova.seeding.pretrain import KINDS

    dice = np.random.default_rng(seed + 1000)
    if kind == "segments":
        return frame.with_columns(frame[name].gather(dice.permutation(len(frame))) for name in KINDS[kind].columns)
    moved = [one for one in (KINDS[kind].target, KINDS[kind].trials) if one]
    order = dice.permutation(len(frame))
    return frame.with_columns(frame[name].gather(order) for name in moved)
