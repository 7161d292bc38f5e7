"""Made-up records: rows like those of a table, texts in other words, clicks, messages; each is marked and no test is split off them."""
