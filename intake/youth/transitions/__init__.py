"""What happens in the outreach register: the only writers of an entry's, a measure's, a contract's
and an extract's state. `upkeep` keeps what is computed (KAA periods, next contact)."""
