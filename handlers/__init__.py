"""The core: pure functions that understand messages and decide what is answered. No I/O."""
