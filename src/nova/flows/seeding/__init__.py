"""Use-cases of datasets: versions are published and taken back, and people leave them."""
