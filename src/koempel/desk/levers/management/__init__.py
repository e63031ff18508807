"""Commands about levers."""
