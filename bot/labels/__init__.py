"""What stored codes and entries of the audit log are called in Spanish, for staff."""
