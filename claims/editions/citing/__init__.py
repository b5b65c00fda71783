"""How an edition is cited: what is cited, as reference styles print it and as files carry it."""
