//! The registry of places and bodies.

/// Level of government.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// The state (国家).
    State,
    /// Province, autonomous region or municipality (省).
    Province,
    /// Prefecture-level place (市).
    City,
    /// County-level place (县).
    County,
    /// Township (乡).
    Township,
}

impl Level {
    /// All levels, the highest first.
    pub const ALL: [Self; 5] = [Self::State, Self::Province, Self::City, Self::County, Self::Township];

    /// The stable name of the level.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::State => "state",
            Self::Province => "province",
            Self::City => "city",
            Self::County => "county",
            Self::Township => "township",
        }
    }

    /// Reads the stable name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.as_str() == text)
    }
}
