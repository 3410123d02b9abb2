"""The window: Qt over the core. It knows no SQL and no format."""
