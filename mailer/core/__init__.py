"""Which values and decisions is the product made of? No I/O, no clock, no randomness here."""
