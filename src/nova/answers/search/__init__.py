"""A question in, the passages and statements that answer it best out."""
