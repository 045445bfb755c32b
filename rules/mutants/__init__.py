"""Rules with one thing changed, and the patients who show that each change matters."""
