"""What does somebody start with? The sample supporters; the wheel carries campaigns and settings here too.

None of it is about real supporters or real addresses: only names under `.example`.
"""
