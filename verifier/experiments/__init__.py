"""The experiments, one a file: each builds an `Experiment` under the name `experiment`."""
