"""The desk of the registers: powers, benchmarks, changes by two people, agencies, competence."""
