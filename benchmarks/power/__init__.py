"""Cut the power, not only the process: what is left is what was synced, and nothing else."""
