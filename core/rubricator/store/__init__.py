"""The only SQL of the project on this side of the door; use rubricator.project instead of this package."""
