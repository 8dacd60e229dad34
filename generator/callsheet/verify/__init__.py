"""The proof: a snippet is run as printed, and the call that arrives is compared with the spec."""
