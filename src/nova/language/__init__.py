"""German text, pure: words, stems, compounds, sentences, norms, question types and the sparse lexical analyser."""
