"""A site that an earlier commit has made goes on after the code was rearranged.

`before/` holds it: the rows of each database, the files that people sent, and what browsers had
open. `python -m tests.upgrade.plant` made it with the code of commit 50a6445, before its modules
moved. It is not made anew, or it would no longer be a site of before.
"""
