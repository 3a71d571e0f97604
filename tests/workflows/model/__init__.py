"""The reference model: workflows played by plain rules, and the engine held to them."""
