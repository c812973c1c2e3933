"""The first meeting, decided and published."""
