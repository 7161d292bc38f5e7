"""A text in, its tone out: by a lexicon, or by the site's own model."""
