"""How much each coach has, weighed, and who is proposed as somebody's coach."""
