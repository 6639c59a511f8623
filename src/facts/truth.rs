//! Three truth values (Kleene's strong logic): what a report does not tell is neither true nor false.

use std::ops::Not;

/// True, false, or not to be told from what is reported. The order is that of Kleene: `False < Unknown < True`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Truth {
    /// The facts exclude it.
    False,
    /// The facts leave it open.
    Unknown,
    /// The facts show it.
    True,
}

impl Truth {
    /// *All* of them: false if any is false, else unknown if any is unknown. All of nothing is true. What comes behind one
    /// that decides is not asked for.
    pub fn all(truths: impl IntoIterator<Item = Truth>) -> Truth {
        let decided = truths.into_iter().try_fold(Truth::True, |all, truth| match truth {
            Truth::False => Err(truth),
            _ => Ok(all.min(truth)),
        });
        decided.unwrap_or_else(|decided| decided)
    }

    /// *Any* of them: true if any is true, else unknown if any is unknown. Any of nothing is false. What comes behind one
    /// that decides is not asked for.
    pub fn any(truths: impl IntoIterator<Item = Truth>) -> Truth {
        let decided = truths.into_iter().try_fold(Truth::False, |any, truth| match truth {
            Truth::True => Err(truth),
            _ => Ok(any.max(truth)),
        });
        decided.unwrap_or_else(|decided| decided)
    }

    /// The truth of a comparison of ranges: true if it holds of every possible value, false if of none.
    pub fn from_range(always: bool, never: bool) -> Truth {
        match (always, never) {
            (true, _) => Truth::True,
            (_, true) => Truth::False,
            _ => Truth::Unknown,
        }
    }

    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Truth::False => "false",
            Truth::Unknown => "unknown",
            Truth::True => "true",
        }
    }
}

impl Not for Truth {
    type Output = Truth;
    fn not(self) -> Truth {
        match self {
            Truth::False => Truth::True,
            Truth::Unknown => Truth::Unknown,
            Truth::True => Truth::False,
        }
    }
}

impl From<bool> for Truth {
    fn from(b: bool) -> Truth {
        if b { Truth::True } else { Truth::False }
    }
}

#[cfg(test)]
mod tests {
    use super::Truth::{self, False, True, Unknown};

    const ALL: [Truth; 3] = [False, Unknown, True];

    #[test]
    fn the_laws_of_kleene_hold_for_all_values() {
        for a in ALL {
            assert_eq!(!!a, a);
            assert_eq!(Truth::all([a, True]), a);
            assert_eq!(Truth::any([a, False]), a);
            for b in ALL {
                assert_eq!(!Truth::all([a, b]), Truth::any([!a, !b]), "De Morgan");
                assert_eq!(Truth::all([a, b]), Truth::all([b, a]));
                assert_eq!(Truth::any([a, Truth::all([a, b])]), a, "absorption");
            }
        }
        assert_eq!(Truth::any([Unknown, !Unknown]), Unknown, "no excluded middle");
    }
}
