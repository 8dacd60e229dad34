"""Every snippet of the spec, run in its real runtime."""
