"""The resource library: agencies, officers, powers, statutes, benchmarks, parties."""
