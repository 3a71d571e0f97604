"""What an instance knows, as a person reads it.

In: data and its forms, a graph and its state. Out: labelled values and a drawing for templates.
"""
