"""The validator of JSON Schemas."""
