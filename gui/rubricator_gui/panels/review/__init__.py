"""The panels of the review: queue, decision, legend."""
