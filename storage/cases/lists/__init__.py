"""Lists of cases: pages, searches by words, and incidents."""
