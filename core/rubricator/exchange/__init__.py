"""Into a project and out of it: progress, losses, preflight, read-back. `incoming` imports, `outgoing` exports."""
