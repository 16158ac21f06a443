"""Access in one place: `policy` (the table), `queries` (lists), `checks` (one object), `fetch`
(views) and `pages` (URLs)."""
