"""Many matters at once, for measuring at size: the demonstration case told anew, many times over.

The demonstration is played once through the services and recorded at each of its stations, then
rolled back. Each telling has its own parties, people, days, numbers and ids; its digests, terms and
chains are computed anew, so that every row verifies. What is not there: sealed files (the rows say
that papers were sealed, and the paper is set again when somebody asks), and the law's guards are
not asked again for days on which another calendar or another register would have said no.
"""
