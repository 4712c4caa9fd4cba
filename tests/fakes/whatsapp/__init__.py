"""A strict WhatsApp: its Cloud API, what it refuses, its webhooks, and citizens who chat on it."""
