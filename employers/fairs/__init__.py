"""Recruitment fairs as those see them who work with employers: which of the register take part."""
