"""Files that people send: kept for a form first, then bound to an instance.

In: uploads and submitted data. Out: attachments, or refusals per field.
"""
