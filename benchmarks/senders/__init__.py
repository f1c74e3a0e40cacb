"""How fast is the mailer beside other senders? The measurements of docs/speed.md, one module for each.

`python -m benchmarks.senders.NAME`: `compare` (side by side over one sink), `network` (replies that take 20 ms),
`million` (does the cost of a letter stay flat?), `several` (one and two senders beside one PostgreSQL),
`profile` (where does the time go?). Linux only: processes are read from /proc and bound to cores.
"""
