//! Words of grammar in descriptions of goods: those that link others, measure, or say that parts are meant.

/// What a word does in a description of goods.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum WordClass {
    /// It starts with a digit.
    Number,
    /// It describes no particular goods: `equipment`, `as per invoice`.
    Vague,
    /// It links others: `the`, `no.`
    Link,
    /// What follows says more about what stands before: `for`, `of`.
    Preposition,
    /// What follows is named beside what stands before: `and`.
    Connective,
    /// Behind a noun it leaves the goods what they are: `frozen`, `second hand`.
    Adjective,
    /// Before a noun it makes other goods of them: `plastic`, `toy`.
    Material,
    /// As a head it means parts of what modifies it: `engine`, `kit`.
    Part,
    /// It measures or contains what follows behind *of*: `bottles of wine`.
    Measure,
    /// It contains what follows, whatever it is made of: `wooden crates of`, `a steel drum containing`.
    Container,
    /// As a head it is a form of what modifies it: `monazite sand`, `zirconium sponge`.
    Form,
    /// It makes prepared food of fresh: `canned peaches`.
    Preparation,
    /// Behind what carries or yields goods it means the goods: `coal wagon load`, `coal mine output`.
    Load,
    /// A carrier, whose load may stand behind *of* or *with*: `a truck of squid`.
    Carrier,
    /// What stands before only looks, smells or tastes like it: `missile-shaped balloons`.
    Likeness,
    /// Before a noun it makes a toy of it: `toy missiles`.
    Plaything,
    /// A maker of luxury goods, whatever the goods are: `Armani suits`, `shoes by Prada`.
    Brand,
}

impl WordClass {
    /// The key of each in a rule file.
    pub(in crate::rulebook) const KEYS: [(&'static str, Self); 16] = [
        ("vague", Self::Vague),
        ("links", Self::Link),
        ("prepositions", Self::Preposition),
        ("connectives", Self::Connective),
        ("adjectives", Self::Adjective),
        ("materials", Self::Material),
        ("parts", Self::Part),
        ("measures", Self::Measure),
        ("containers", Self::Container),
        ("forms", Self::Form),
        ("preparations", Self::Preparation),
        ("loads", Self::Load),
        ("carriers", Self::Carrier),
        ("likenesses", Self::Likeness),
        ("playthings", Self::Plaything),
        ("brands", Self::Brand),
    ];

    /// True if of a phrase of several words only the last is of the class; of a vague phrase each is vague.
    pub(crate) fn is_of_last_word(self) -> bool {
        self != Self::Vague
    }
}

/// A set of classes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct WordClasses(u32);

impl WordClasses {
    /// True if a class is in the set.
    pub(crate) fn contains(self, class: WordClass) -> bool {
        self.0 & 1 << class as u16 != 0
    }

    pub(crate) fn insert(&mut self, class: WordClass) {
        self.0 |= 1 << class as u16;
    }
}

impl From<WordClass> for WordClasses {
    fn from(class: WordClass) -> Self {
        Self(1 << class as u16)
    }
}
