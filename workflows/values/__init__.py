"""What may be stored, and how it is written: plain JSON, ids, moments, files, kinds of file.

In: values. Out: the same values in their one form, or a clear refusal.
"""
