"""What pages weigh, and when a slow phone shows them: ours beside the same page of two others."""
