"""How fast the public record is read, each number beside its yardstick."""
