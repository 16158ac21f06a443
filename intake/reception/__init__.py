"""The front desk: who waits, who is called where, the screens, and what the desk can count."""
