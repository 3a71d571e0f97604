"""What people type, from the browser to the engine, so that nothing of it is lost.

In: a posted form with its token. Out: drafts, uploads, previews, and posts kept over a sign-in.
"""
