"""How does the product touch the outside? A module or package for each outside: files, database, relay, templates."""
