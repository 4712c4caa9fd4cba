"""Answers of staff to cases: their templates, writing them, and whether they arrived."""
