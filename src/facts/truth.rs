//! Three truth values (Kleene's strong logic): a condition on facts that are not reported is neither true nor false.

use std::ops::Not;

/// The truth of a condition: true, false, or unknown because facts are missing or imprecise.
///
/// The order is that of Kleene's logic, `False < Unknown < True`: *and* is the least of several truths, *or* the greatest.
///
/// ```
/// use interdict::facts::Truth;
///
/// assert_eq!(Truth::all([Truth::True, Truth::Unknown]), Truth::Unknown);
/// assert_eq!(Truth::all([Truth::False, Truth::Unknown]), Truth::False);
/// assert_eq!(Truth::any([Truth::True, Truth::Unknown]), Truth::True);
/// assert_eq!(!Truth::Unknown, Truth::Unknown);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Truth {
    /// The reported facts exclude the condition.
    False,
    /// The reported facts leave the condition open.
    Unknown,
    /// The reported facts satisfy the condition.
    True,
}

impl Truth {
    /// The conjunction: false if any truth is false, else unknown if any is unknown, else true, also of no truths. The iterator
    /// is not advanced beyond the first false.
    pub fn all(truths: impl IntoIterator<Item = Truth>) -> Truth {
        let decided = truths.into_iter().try_fold(Truth::True, |all, truth| match truth {
            Truth::False => Err(truth),
            _ => Ok(all.min(truth)),
        });
        decided.unwrap_or_else(|decided| decided)
    }

    /// The disjunction: true if any truth is true, else unknown if any is unknown, else false, also of no truths. The iterator
    /// is not advanced beyond the first true.
    pub fn any(truths: impl IntoIterator<Item = Truth>) -> Truth {
        let decided = truths.into_iter().try_fold(Truth::False, |any, truth| match truth {
            Truth::True => Err(truth),
            _ => Ok(any.max(truth)),
        });
        decided.unwrap_or_else(|decided| decided)
    }

    /// The truth of a comparison of ranges: true if it holds `always`, of every possible value; false if `never`, of none; else
    /// unknown.
    pub fn from_range(always: bool, never: bool) -> Truth {
        match (always, never) {
            (true, _) => Truth::True,
            (_, true) => Truth::False,
            _ => Truth::Unknown,
        }
    }

    /// `true`, `false` or `unknown`, as reports write it.
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
