"""What people see: pages, templates, style."""
