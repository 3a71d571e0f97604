"""The verbs on instances: start, cancel, suspend, resume, retry, migrate.

In: an instance, who acts and why. Out: the instance as it is then.
"""
