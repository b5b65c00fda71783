"""The public pages. They read the public record and nothing else."""
