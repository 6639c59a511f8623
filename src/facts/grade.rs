//! The Admiralty grades of a source and of what it says (the NATO system of AJP-2.1).

/// The two gradings of the Admiralty system, which are given independently: a reliable source can report something doubtful.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grading {
    /// How reliable the source is: `A` (completely reliable) to `E` (unreliable), `F` if it cannot be judged.
    Reliability,
    /// How credible the information is: `1` (confirmed) to `5` (improbable), `6` if it cannot be judged.
    Credibility,
}

impl Grading {
    /// True if a text is a grade, exactly as it has to be written.
    ///
    /// ```
    /// use interdict::facts::Grading;
    ///
    /// assert!(Grading::Reliability.has_grade("B"));
    /// assert!(!Grading::Reliability.has_grade("b"));
    /// assert!(!Grading::Credibility.has_grade("B"));
    /// ```
    pub fn has_grade(self, text: &str) -> bool {
        match (self, text.as_bytes()) {
            (Grading::Reliability, [grade]) => (b'A'..=b'F').contains(grade),
            (Grading::Credibility, [grade]) => (b'1'..=b'6').contains(grade),
            _ => false,
        }
    }

    /// What is graded: `reliability` or `credibility`.
    pub fn noun(self) -> &'static str {
        match self {
            Grading::Reliability => "reliability",
            Grading::Credibility => "credibility",
        }
    }

    /// The grades there are, in words: `a letter from A to F`.
    pub fn scale(self) -> &'static str {
        match self {
            Grading::Reliability => "a letter from A to F",
            Grading::Credibility => "a digit from 1 to 6",
        }
    }
}
