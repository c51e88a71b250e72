"""Speed, as ratios of two things that were timed side by side in one run. Each file is a program: `make bench`."""
