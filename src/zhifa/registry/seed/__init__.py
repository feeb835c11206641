"""The registers' first content, as data: real regions and articles, plainly fictitious people."""
