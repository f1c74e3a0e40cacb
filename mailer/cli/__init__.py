"""Which commands are there? Arguments, printing and exit codes; nothing else happens here."""
