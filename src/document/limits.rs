//! Limits of what is read, so that no input takes all memory or stack.

/// The number of levels to which lists and mappings may be nested. The formats need fewer than a dozen.
pub const MAX_DEPTH: usize = 64;

/// The number of nodes that a document may have, the copies that aliases stand for included.
pub const MAX_NODES: usize = 4_000_000;

/// The number of bytes that a line may have. Longer ones are reported and not read.
pub const MAX_LINE: usize = 1 << 20;
