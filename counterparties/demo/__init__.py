"""A living demo office: invented firms and people of five countries, and three years of work on them."""
