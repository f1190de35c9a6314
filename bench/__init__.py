"""Time and memory of the program, measured beside its yardsticks in one run (``make bench``)."""
