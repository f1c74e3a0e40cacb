"""Where is everything kept once it is published? In SQL: the outbox, supporters, campaigns, revisions."""
