"""How does the product touch the outside? One package per outside: files, database, relay, templates."""
