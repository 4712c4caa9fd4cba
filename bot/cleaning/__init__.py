"""Makes what citizens send harmless, in a process of its own that may use little and reach nothing.

``python -m bot.cleaning`` reads a file and writes it anew; ``sandbox.py`` calls it.
"""
