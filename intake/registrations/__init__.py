"""One human, registered once: who may be the same, asked before saving; two made one by a manager."""
