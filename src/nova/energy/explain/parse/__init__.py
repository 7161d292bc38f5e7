"""A German question in, what it asks of the data out: subject, meter, period."""
