"""Values and pure functions: no files, no SQL, no clock, no Qt."""
