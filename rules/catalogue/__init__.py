"""The catalogue: rules, limits, sources, medicines, help lines and words."""
