"""What exists: frozen values without input, output or any third party but attrs."""
