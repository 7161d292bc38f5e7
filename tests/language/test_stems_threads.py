"""Stems are the same whoever asks, also when many threads ask at once."""

import threading

from nova.language import stems

FIRST = ("zaehler", "netz", "strom", "mess", "lade")
SECOND = ("betreiber", "stellen", "punkte", "anschluesse")
THIRD = ("pflichten", "verordnungen", "kosten", "fristen", "entgelte")
WORDS = [f"{first}{second}{third}" for first in FIRST for second in SECOND for third in THIRD]


def test_many_threads_get_the_stems_one_thread_gets() -> None:
    alone = [stems.stem(word) for word in WORDS]
    wrong: list[str] = []

    def ask() -> None:
        for _ in range(30):
            wrong.extend(word for word, root in zip(WORDS, alone, strict=True) if stems.stem.__wrapped__(word) != root)

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
