"""The search: which card answers a question, and how sure that is."""
