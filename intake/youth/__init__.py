"""Youth outreach: 16-24-year-olds whose occupation is not known (rows U1, U2 and U6).

`rules` is pure; `models` the register; `transitions` the only writers; `kaa` what the school law's
register holds and its half-year extract; `figures` the same as querysets for reports.
"""
