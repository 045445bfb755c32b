"""Who asks, and who sees: the Flask application around the rules."""
