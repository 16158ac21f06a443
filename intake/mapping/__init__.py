"""The mapping (kartläggning), what is known of the person's work and schooling, and progression."""
