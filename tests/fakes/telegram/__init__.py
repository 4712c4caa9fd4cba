"""A strict Telegram: its Bot API, what it refuses, its updates, and citizens who chat on it."""
