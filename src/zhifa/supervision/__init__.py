"""Supervision (行政执法监督): warnings over running cases, case reading that is logged, notices."""
