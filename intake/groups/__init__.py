"""Information meetings for groups: sign-up, waiting list, attendance."""
