"""How it is shown: formatted figures, tables, the brief, the command line."""
