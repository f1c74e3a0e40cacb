"""What may stand in the campaign file? The pydantic models of its keys, one module per noun."""
