"""How the classes of the model are written: a module here is named after the module of the model that it serves."""
