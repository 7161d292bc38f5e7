"""What serves in, the page for who is called at night out."""
