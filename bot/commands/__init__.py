"""The operator's commands: one module a topic, each with ``register``, in folders by subject."""
