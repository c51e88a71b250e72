"""What the benchmarks stand on: a clock, scratch databases, and a paper's years of work to fill them with."""
