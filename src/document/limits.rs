//! How much is read before it is called too much.

/// The deepest nesting that is read. The formats need fewer than a dozen levels.
pub const MAX_DEPTH: usize = 64;

/// The most nodes that one document may unfold to, aliases included.
pub const MAX_NODES: usize = 4_000_000;

/// The longest line that is read, in bytes. Longer ones are refused, with their place.
pub const MAX_LINE: usize = 1 << 20;
