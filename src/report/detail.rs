//! How much of a report is written.

/// How much the text, HTML and Markdown reports tell. The others always tell everything that they have.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Detail {
    /// The page at the top alone.
    Brief,
    /// The page, and then each finding with its facts; what is told once is not told again.
    #[default]
    Standard,
    /// Everything: findings that state the same ban by themselves, all questions, all derived facts.
    Full,
}
