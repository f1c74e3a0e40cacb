"""Which use cases are there? Each gathers, decides by a pure function, acts, and names what it needs."""
