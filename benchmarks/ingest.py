"""A folder of documents through the whole of Nova's ingest, and the same passages through Haystack's in-memory BM25 pipeline.

    python benchmarks/ingest.py CORPUS [--haystack PYTHON] [--json]

Nova: files received, read in child processes, cut, analysed, stored in Postgres (fsync on), searchable in Qdrant Edge; in an empty folder.
Haystack: the passages Nova cut, as Documents through a DocumentWriter into an InMemoryDocumentStore (BM25), and one query; nothing of it is
durable. `--haystack` is a Python with `haystack-ai` installed; without it this Python is tried.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from nova.jobs.desk import open_worker
from nova.knowledge.intake import Labels, receive_file
from nova.knowledge.items import overview
from nova.records import Caller, Scope
from nova.settings import load_settings
from nova.wiring import open_nova

ADMIN = Caller("admin")
QUESTION = "Wie lange vorher muss der Messstellenbetreiber den Einbau ankündigen?"
HAYSTACK = """
import json, sys, time
began = time.perf_counter()
from haystack import Document, Pipeline, __version__
from haystack.components.retrievers.in_memory import InMemoryBM25Retriever
from haystack.components.writers import DocumentWriter
from haystack.document_stores.in_memory import InMemoryDocumentStore
imported = time.perf_counter()
store = InMemoryDocumentStore()
writing = Pipeline(); writing.add_component("writer", DocumentWriter(store))
asking = Pipeline(); asking.add_component("retriever", InMemoryBM25Retriever(store))
documents = [Document(content=text) for text in dict.fromkeys(json.load(open(sys.argv[1], encoding="utf-8")))]
writing.run({"writer": {"documents": documents}})
written = time.perf_counter()
found = asking.run({"retriever": {"query": sys.argv[2], "top_k": 10}})["retriever"]["documents"]
done = time.perf_counter()
times = {"import_s": imported - began, "write_s": written - imported, "first_query_s": done - written}
print(json.dumps({"version": __version__, **times, "hits": len(found)}))
"""


def through_nova(files: list[Path], folder: Path) -> tuple[dict[str, float], list[str]]:
    """Seconds and counts of a whole ingest, and the passages it cut."""
    settings = load_settings({}, None, {"NOVA_DATA": folder})
    with open_nova(settings) as nova:
        worker = open_worker(nova)
        worker.start()
        began, cpu = time.perf_counter(), _cpu()
        receipts = []
        for file in files:
            with file.open("rb") as stream:
                receipts.append(receive_file(nova.intake, ADMIN, stream, file.name, Labels("regulation")))
        received = time.perf_counter()
        failed = [job for receipt in receipts if (job := nova.jobs.wait(receipt.job_id, 600)).state != "done"]
        done = time.perf_counter()
        hits = nova.index.search(nova.analysers.current().query(QUESTION), Scope(), 10)
        searched = time.perf_counter()
        nova.children.close()
        counts = overview(nova.shelf)
        texts = [row["text"] for row in nova.db.fetch_all("SELECT text FROM item_chunks WHERE valid_to IS NULL")]
        figures = {
            "files": len(files),
            "failed": len(failed),
            "bytes": sum(file.stat().st_size for file in files),
            "passages": counts["chunks"],
            "points": nova.index.count(),
            "receive_s": received - began,
            "searchable_s": done - began,
            "first_query_s": searched - done,
            "cpu_s": _cpu() - cpu,
            "hits": len(hits),
        }
        worker.stop()
    return figures, texts


def through_haystack(python: str, texts: list[str], folder: Path) -> dict[str, float]:
    """Seconds of Haystack's pipeline over the same passages, in a process of its own."""
    passages = folder / "passages.json"
    passages.write_text(json.dumps(texts, ensure_ascii=False), "utf-8")
    ran = subprocess.run([python, "-c", HAYSTACK, str(passages), QUESTION], capture_output=True, text=True, check=False)
    return json.loads(ran.stdout.splitlines()[-1]) if ran.returncode == 0 else {}


def _cpu() -> float:
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--haystack", default=sys.executable)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="nova-bench-") as folder:
        files = sorted(file for file in given.corpus.iterdir() if file.is_file() and file.name != "README.md")
        nova, texts = through_nova(files, Path(folder) / "data")
        haystack = through_haystack(given.haystack, texts, Path(folder))
    if given.json:
        print(json.dumps({"nova": nova, "haystack": haystack}))
        return
    print(
        f"Nova      {nova['files']} files, {nova['bytes'] / 1e6:.1f} MB, "
        f"{nova['passages']} passages, {nova['points']} points, {nova['failed']} failed"
    )
    print(
        f"          received {nova['receive_s']:.1f} s, searchable {nova['searchable_s']:.1f} s, "
        f"first query {nova['first_query_s'] * 1000:.1f} ms, {nova['cpu_s']:.1f} CPU s"
    )
    if haystack:
        print(
            f"Haystack  {haystack['version']}: written {haystack['write_s']:.1f} s, "
            f"first query {haystack['first_query_s'] * 1000:.1f} ms (in memory, not durable)"
        )
    else:
        print("Haystack  not installed (pip install haystack-ai)")


if __name__ == "__main__":
    main()
