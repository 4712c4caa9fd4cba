"""Acting on what was understood: each intent is led to its capability."""
