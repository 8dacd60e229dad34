"""The spec: load (text to nodes) → read (nodes to model, all faults at once) → model."""
