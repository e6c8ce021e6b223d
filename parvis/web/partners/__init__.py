"""What an invited partner sees: the sheets of her perimeter, her opinions, her own contributions."""
