"""Everyday questions by authors who do not know the code in, how they are answered by a running Nova out.

    nova up --port 8095                     # with the laws loaded; NOVA_RATE_LIMITS=off
    python benchmarks/everyday.py law benchmarks/dialogues/law-tune.jsonl --base http://127.0.0.1:8095 --admin-key KEY [--show]
    python benchmarks/everyday.py paraphrases benchmarks/dialogues/paraphrases-tune.jsonl --base ... --admin-key KEY [--show]

`law`: of questions with an answer the share whose section is among the first five passages' sections (hit@5), whose section the answer
cites, and that are refused although the section was found; of the others (`absent`, `outside`, `near_miss`) the share that is not answered.
`paraphrases`: of five ways to ask the same the share that gets the same provision first or the same first number as most of the five.
Files may be packed (`.gz`).
"""

import argparse
import gzip
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import httpx

DEEP = 5


class Luna:
    """Asks as the customer kunde-1."""

    def __init__(self, base: str, admin_key: str) -> None:
        self._http = httpx.Client(base_url=base.rstrip("/") + "/api/v1", timeout=120, trust_env=False)
        body = {"user": "kunde-1", "role": "customer", "days": 2}
        token = self._data(self._http.post("/admin/keys", json=body, headers={"X-Admin-Key": admin_key}))["token"]
        self._heads = {"Authorization": f"Bearer {token}"}

    def ask(self, question: str) -> dict[str, Any]:
        """The answer to a question that begins a conversation, with the `passages` that were found."""
        body = {"question": question, "top_k": 30, "stream": True}
        told = self._http.post("/rag/ask", json=body, headers=self._heads)
        told.raise_for_status()
        events: dict[str, Any] = {}
        for block in told.text.split("\n\n"):
            name, _, data = block.partition("\ndata: ")
            if data:
                events[name.removeprefix("event: ").strip()] = json.loads(data)
        return events["final"] | {"passages": events.get("passages", {"passages": []})["passages"]}

    @staticmethod
    def _data(answer: httpx.Response) -> dict[str, Any]:
        answer.raise_for_status()
        found: dict[str, Any] = answer.json()["data"]
        return found


def place(title: str, section: str) -> str:
    """A law and a section as they are compared: "enwg § 14a"."""
    number = re.search(r"§+\s*(\d+\s?[a-z]?)\b", section)
    return f"{title} § {number[1].replace(' ', '')}" if number else title


def law(rows: Iterable[dict[str, Any]], luna: Luna, stems: dict[str, str], show: bool) -> str:
    """The figures of questions about law."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        answer, kind = luna.ask(row["question"]), row.get("kind", "found")
        tally = counts[kind]
        tally["all"] += 1
        told = answer["status"] != "refused" and bool(answer["citations"])
        if kind != "found":
            refused = not told and answer["status"] == "refused"
            tally["refused"] += refused
            if show and not refused:
                print(f"{kind}: {row['question']}\n   {answer['answer'][:200]}")
            continue
        right = {place(row["law"], row["section"]), *(place(one.split()[0], one) for one in row.get("also", []) if isinstance(one, str))}
        sections = list(dict.fromkeys(place(stems.get(one["title"], one["title"]), one["section"]) for one in answer["passages"]))[:DEEP]
        cited = {place(stems.get(one["title"], one["title"]), one["section"]) for one in answer["citations"]}
        hit = bool(right & set(sections))
        tally["hit"] += hit
        tally["cited"] += bool(right & cited)
        tally["refused though found"] += hit and not told
        if show and not right & cited:
            print(f"{'' if hit else 'not found, '}{'not cited' if told else 'refused'}: {row['question']}")
            print(f"   want {right}, got {sections[:3]}")
    return "\n".join(f"{kind}: " + ", ".join(f"{name} {count}" for name, count in tally.items()) for kind, tally in counts.items())


def paraphrases(rows: Iterable[dict[str, Any]], luna: Luna, stems: dict[str, str], show: bool) -> str:
    """The figures of several ways to ask the same."""
    same = total = 0
    for row in rows:
        told = [_said(luna.ask(way), stems) for way in row["ways"]]
        most, count = Counter(told).most_common(1)[0]
        good = 0 if most.startswith("refused") else count
        same, total = same + good, total + len(told)
        if show and good < len(told):
            print(*(f"{one:40} {way}" for one, way in zip(told, row["ways"], strict=True)), "", sep="\n")
    return f"same section or value: {same} of {total} ({100 * same / max(total, 1):.1f} %)"


def _said(answer: dict[str, Any], stems: dict[str, str]) -> str:
    if answer["facts"]:
        return str(answer["facts"][0]["text"])
    if answer["citations"] and answer["status"] != "refused":
        one = answer["citations"][0]
        return place(stems.get(one["title"], one["title"]), one["section"])
    return f"refused: {answer['status']}"


def titles(corpus: Path) -> dict[str, str]:
    """Which file each law is, by its first heading."""
    found = {}
    for path in corpus.glob("*.md"):
        heading = re.search(r"^# (.+)$", path.read_text("utf-8"), re.MULTILINE)
        found[heading[1].strip() if heading else path.stem] = path.stem
    return found


def main() -> None:
    """Read the command line, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("law", "paraphrases"))
    parser.add_argument("file", type=Path)
    parser.add_argument("--base", default="http://127.0.0.1:8000")
    parser.add_argument("--admin-key", required=True)
    parser.add_argument("--corpus", type=Path, default=Path("../shared/corpus"))
    parser.add_argument("--show", action="store_true")
    options = parser.parse_args()
    text = gzip.decompress(options.file.read_bytes()).decode() if options.file.suffix == ".gz" else options.file.read_text("utf-8")
    rows = [json.loads(line) for line in text.splitlines() if line.strip()]
    work = law if options.what == "law" else paraphrases
    print(work(rows, Luna(options.base, options.admin_key), titles(options.corpus), options.show))


if __name__ == "__main__":
    main()
