"""What an operator watches: health, figures, metrics, live changes."""
