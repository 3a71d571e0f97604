"""Forms made of JSON Schemas."""
