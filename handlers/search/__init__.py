"""Information that finds: which card answers what a citizen wrote, and how sure that is."""
