"""`./dev bench`: offices of ten thousand to a million counterparties, built once and kept, and what they cost.

`shelves` keep them and `planning` says what is built first: `shaping` settles the first day of an office, `inventing`,
`filling` and `furnishing` make its rows up into a draft, `loading` writes them into either database, and `gathering`
brings companies to holdings. `figures` measure it through the product's own code and `table` tells. Nothing here is
part of the office itself.
"""
