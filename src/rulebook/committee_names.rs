//! Committees of the Security Council by their long names, which tell the resolutions that set them up or the State concerned:
//! `Security Council Committee established pursuant to resolution 1718 (2006)`.

use crate::facts::{Scheme, Term, fold};

use super::Vocabulary;

impl Vocabulary {
    /// The Committee of single measures that a text names, if it names one and no more.
    ///
    /// ```
    /// use interdict::facts::Scheme;
    /// use interdict::rulebook::{Rulebook, WordMeaning};
    ///
    /// let rulebook = Rulebook::built_in()?;
    /// let vocabulary = &rulebook.vocabulary;
    /// let dprk = vocabulary.term(Scheme::Body, "committee-dprk");
    /// for name in ["Committee pursuant to resolution 1718 (2006)", "Sanctions Committee established by resolution 1718"] {
    ///     assert_eq!(vocabulary.meaning(&[Scheme::Body], name), dprk.map(WordMeaning::Term));
    /// }
    /// assert_eq!(vocabulary.meaning(&[Scheme::Body], "a letter about resolution 1718 (2006)"), None);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub(super) fn committee_of_text(&self, text: &str) -> Option<Term> {
        /// The longest official name has some 140 characters.
        const LONGEST: usize = 250;
        let folded = fold(text.get(..text.len().min(LONGEST)).filter(|short| short.len() == text.len())?);
        if !folded.split(' ').any(|word| word == "committee") {
            return None;
        }
        let by_name = |name: String| self.term_of_word(Scheme::Body, &name);
        // The year of a resolution stands behind its number, in brackets: the first number is that of the first resolution.
        let number = folded.split(' ').find_map(|word| word.parse::<u32>().ok());
        match number {
            Some(number) => by_name(format!("{number} committee")),
            None => {
                let found = self.place_names().find(text)?;
                let [country] = found.countries().try_into().ok()?;
                by_name(fold(&format!("{} committee", self.label(country))))
            }
        }
    }
}
