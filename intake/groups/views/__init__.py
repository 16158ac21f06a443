"""Pages of group meetings: lists and calendar (`lists`), one meeting with its attendance
(`meetings`), signing up and leaving (`places`), papers for the leader and the door (`printing`)."""
