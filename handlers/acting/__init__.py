"""Acting on intents: each is dispatched to its capability."""
