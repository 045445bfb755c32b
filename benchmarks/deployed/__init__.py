"""Follow docs/deploying.md: real nginx, real units, the steps of the Containerfile."""
