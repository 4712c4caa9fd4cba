"""Made-up citizens: what they say and how they rate, for `opina demo`, tests and benchmarks.

One citizen's ``Rating`` is drawn from how an area is rated (``Habit``) and is typed as a list of
messages (``messages_of``). A week is many ``SimulatedCitizen``s: an address, a time and all that
they type. All is drawn from the ``Random`` that is passed in, in a fixed order, so one seed tells
one story. Shares are from 0 to 1, grades from 1 to 7, numbers of ratings are a week's.
"""
