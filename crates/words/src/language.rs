//! The languages there are words for.

use chrono::Locale;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A language of the window and of printed papers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// English, which scripts and logs read too.
    #[default]
    En,
    /// German.
    De,
    /// French.
    Fr,
    /// Spanish.
    Es,
    /// Portuguese.
    Pt,
}

impl Language {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::En, Self::De, Self::Fr, Self::Es, Self::Pt];

    /// Its tag of BCP 47.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::De => "de",
            Self::Fr => "fr",
            Self::Es => "es",
            Self::Pt => "pt",
        }
    }

    /// How dates are written where no region is known.
    pub(crate) const fn locale(self) -> Locale {
        match self {
            Self::En => Locale::en_GB,
            Self::De => Locale::de_DE,
            Self::Fr => Locale::fr_FR,
            Self::Es => Locale::es_ES,
            Self::Pt => Locale::pt_PT,
        }
    }

    /// The order and the points of a date; German counts its days with a point.
    pub(crate) const fn date(self) -> &'static str {
        match self {
            Self::De => "%a %-d. %b %Y",
            Self::En | Self::Fr | Self::Es | Self::Pt => "%a %-d %b %Y",
        }
    }

    /// What stands between thousands in a number, and what before its decimals.
    pub const fn marks(self) -> (char, char) {
        match self {
            Self::En => (',', '.'),
            Self::De | Self::Es => ('.', ','),
            Self::Fr | Self::Pt => ('\u{a0}', ','),
        }
    }

    pub(crate) const fn messages(self) -> &'static str {
        match self {
            Self::En => include_str!("../locales/en.ftl"),
            Self::De => include_str!("../locales/de.ftl"),
            Self::Fr => include_str!("../locales/fr.ftl"),
            Self::Es => include_str!("../locales/es.ftl"),
            Self::Pt => include_str!("../locales/pt.ftl"),
        }
    }
}
