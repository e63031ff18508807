"""Our domain without a framework: tables, the week, reach, options, reasons."""
