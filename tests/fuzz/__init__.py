"""Requests nobody thought of, made from the API's own description: `make fuzz`."""
