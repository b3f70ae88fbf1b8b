//! Settings: what a hotel may set otherwise than the program's default. Each stands once in the table
//! below, with its key, its bounds, its default and what it means; nothing else can be set.

use keyrack_inventory::command::Permission;
use keyrack_store::{Reader, StoreError};
use keyrack_words::Words;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use ts_rs::TS;

use crate::card_number;
use crate::desk::Desk;
use crate::door::Question;
use crate::error::DeskError;
use crate::money::Rates;

/// What a setting may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A whole number within bounds.
    Number {
        /// Where nothing is set.
        default: i64,
        /// The least.
        least: i64,
        /// The most.
        most: i64,
    },
    /// Yes or no.
    Flag {
        /// Where nothing is set.
        default: bool,
    },
    /// One word of several.
    Word {
        /// Where nothing is set.
        default: &'static str,
        /// All of them.
        allowed: &'static [&'static str],
    },
    /// A text, which may be empty.
    Text {
        /// Where nothing is set.
        default: &'static str,
        /// Characters at most.
        longest: usize,
    },
    /// VAT rates, each from a date on: `2024-01-01=6; 2027-01-01=7.5`.
    Rates,
}

/// A setting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Setting {
    /// Its key.
    pub key: &'static str,
    /// What it may hold.
    pub kind: Kind,
    /// What it means, in a line.
    pub meaning: &'static str,
}

macro_rules! settings {
    ($($name:ident $key:literal $kind:expr, $meaning:literal;)*) => {
        $(
            #[doc = $meaning]
            pub const $name: Setting = Setting { key: $key, kind: $kind, meaning: $meaning };
        )*
        /// Every setting there is.
        pub const ALL: &[Setting] = &[$($name),*];
    };
}

settings! {
    IDLE_LOCK_MINUTES "idle_lock_minutes" Kind::Number { default: 5, least: 1, most: 15 },
        "Minutes without a touch after which the window asks for the password again.";
    SIGN_IN_HOURS "sign_in_hours" Kind::Number { default: 12, least: 1, most: 24 },
        "Hours after which a sign-in ends by itself.";
    END_OF_DAY_OVERDUE "end_of_day_overdue_departure" Kind::Word {
        default: "ask",
        allowed: &["ask", "check_out", "stay_on"],
    }, "What the end of day makes of a guest who should have left.";
    END_OF_DAY_GUARANTEED "end_of_day_arrival_with_guarantee" Kind::Word {
        default: "keep",
        allowed: &["keep", "no_show", "cancel"],
    }, "What the end of day makes of an arrival with a guarantee who has not come.";
    END_OF_DAY_UNGUARANTEED "end_of_day_arrival_without_guarantee" Kind::Word {
        default: "no_show",
        allowed: &["keep", "no_show", "cancel"],
    }, "What the end of day makes of an arrival without a guarantee who has not come.";
    GUEST_RETENTION_DAYS "guest_retention_days" Kind::Number { default: 1_095, least: 1, most: 36_500 },
        "Days after the last departure for which a guest's name, phone and texts are kept.";
    ALERT_NIGHTS_AHEAD "alert_nights_ahead" Kind::Number { default: 14, least: 0, most: 365 },
        "Nights ahead of the business date that are looked at for alerts.";
    LOW_ROOMS "low_rooms" Kind::Number { default: 10, least: 0, most: 1_000 },
        "A type is low at so many rooms left, and at the share of low_percent, whichever is less.";
    LOW_PERCENT "low_percent" Kind::Number { default: 20, least: 0, most: 100 },
        "A type is low at this share of its capacity, in per cent.";
    CRITICAL_ROOMS "critical_rooms" Kind::Number { default: 5, least: 0, most: 1_000 },
        "A type is critically low at so many rooms left, and at the share of critical_percent.";
    CRITICAL_PERCENT "critical_percent" Kind::Number { default: 10, least: 0, most: 100 },
        "A type is critically low at this share of its capacity, in per cent.";
    FAILED_SALES "failed_sales" Kind::Number { default: 5, least: 0, most: 100_000 },
        "Sales that may fail in an hour before there is an alert.";
    REFUSED_PERCENT "refused_percent" Kind::Number { default: 10, least: 0, most: 100 },
        "Share of an hour's commands that may be refused before there is an alert, in per cent.";
    REFUSED_ATTEMPTS "refused_attempts" Kind::Number { default: 20, least: 1, most: 100_000 },
        "Commands in an hour below which refusals are no alert.";
    BACKUP_HOURS "backup_hours" Kind::Number { default: 24, least: 1, most: 8_760 },
        "Hours that the last good backup may be old before there is an alert.";
    BACKUP_HOUR "backup_hour" Kind::Number { default: 3, least: 0, most: 23 },
        "The hour of the hotel's own clock at which the daily backup is due.";
    BACKUP_DAILY "backup_daily" Kind::Number { default: 7, least: 1, most: 366 },
        "Days of which the last backup is kept.";
    BACKUP_WEEKLY "backup_weekly" Kind::Number { default: 4, least: 0, most: 520 },
        "Weeks of which the last backup is kept.";
    BACKUP_MONTHLY "backup_monthly" Kind::Number { default: 12, least: 0, most: 120 },
        "Months of which the last backup is kept.";
    BACKUP_FOLDER "backup_folder" Kind::Text { default: "", longest: 1_000 },
        "The folder of the backups; where empty, the folder backups beside the database.";
    VAT_RATES "vat_rates" Kind::Rates,
        "Per cent of VAT on a night, from each date on; before the first there is none.";
    PRICES_INCLUDE_VAT "prices_include_vat" Kind::Flag { default: true },
        "Whether the prices of nights have the VAT in them.";
    TAX_NUMBER "tax_number" Kind::Text { default: "", longest: 60 },
        "The hotel's tax number, for its papers.";
    HOTEL_ADDRESS "hotel_address" Kind::Text { default: "", longest: 400 },
        "The hotel's address for its papers; a semicolon begins another line.";
    PAPER "paper" Kind::Word { default: "a4", allowed: &["a4", "letter"] },
        "The size of printed papers.";
    DAY_END_FOLDER "day_end_folder" Kind::Text { default: "", longest: 1_000 },
        "The folder of the audit packs; where empty, one beside the database, by its name.";
}

/// A setting as it crosses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(optional_fields)]
pub struct SettingRow {
    /// Its key.
    pub key: &'static str,
    /// What it is set to.
    #[ts(type = "number | boolean | string")]
    pub value: Value,
    /// What it is where nothing is set.
    #[ts(type = "number | boolean | string")]
    pub default: Value,
    /// What it means, in a line.
    pub meaning: &'static str,
    /// What may be set, in words.
    pub allowed: String,
    /// The same for whoever draws a field for it.
    pub holds: Holds,
}

/// What a setting may hold, as it crosses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Holds {
    /// A whole number within bounds.
    Number {
        /// The least.
        #[ts(type = "number")]
        least: i64,
        /// The most.
        #[ts(type = "number")]
        most: i64,
    },
    /// Yes or no.
    Flag,
    /// One word of several.
    Word {
        /// All of them.
        words: &'static [&'static str],
    },
    /// A text, which may be empty.
    Text {
        /// Characters at most.
        #[ts(type = "number")]
        longest: usize,
    },
    /// VAT rates, each from a date on.
    Rates,
}

impl From<Kind> for Holds {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Number { least, most, .. } => Self::Number { least, most },
            Kind::Flag { .. } => Self::Flag,
            Kind::Word { allowed, .. } => Self::Word { words: allowed },
            Kind::Text { longest, .. } => Self::Text { longest },
            Kind::Rates => Self::Rates,
        }
    }
}

/// A setting to be set, with a value as people type it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SettingRequest {
    /// Its key.
    pub key: String,
    /// What it shall be.
    pub value: String,
}

impl Setting {
    /// The setting of this key.
    ///
    /// # Errors
    /// Where there is none.
    pub fn named(key: &str) -> Result<&'static Self, DeskError> {
        ALL.iter().find(|known| known.key == key).ok_or_else(|| {
            let keys: Vec<&str> = ALL.iter().map(|known| known.key).collect();
            let unknown = Words::here().say("bad-setting").with("key", key.to_owned());
            DeskError::said(unknown.with("list", keys.join(", ")))
        })
    }

    /// What it is where nothing is set.
    pub fn default(&self) -> Value {
        match self.kind {
            Kind::Number { default, .. } => default.into(),
            Kind::Flag { default } => default.into(),
            Kind::Word { default, .. } | Kind::Text { default, .. } => default.into(),
            Kind::Rates => "".into(),
        }
    }

    /// What may be set, in words.
    pub fn allowed(&self) -> String {
        let words = Words::here();
        let said = match self.kind {
            Kind::Number { least, most, .. } => words
                .say("allowed-number")
                .with("least", least.to_string())
                .with("most", most.to_string()),
            Kind::Flag { .. } => words.say("allowed-flag"),
            Kind::Word { allowed, .. } => {
                words.say("allowed-word").with("list", allowed.join(", "))
            }
            Kind::Text { longest, .. } => {
                words.say("allowed-text").with("most", longest.to_string())
            }
            Kind::Rates => words.say("allowed-rates"),
        };
        said.text()
    }

    /// Reads a value as people type it.
    ///
    /// # Errors
    /// Where it is none that may be set.
    pub fn read(&self, text: &str) -> Result<Value, DeskError> {
        let text = text.trim();
        if *self == HOTEL_ADDRESS {
            card_number::refuse("what-address", text)?;
        }
        let value = match self.kind {
            Kind::Number { .. } => text.parse::<i64>().ok().map(Value::from),
            Kind::Flag { .. } => match text {
                "on" | "true" | "yes" => Some(true.into()),
                "off" | "false" | "no" => Some(false.into()),
                _ => None,
            },
            Kind::Word { .. } | Kind::Text { .. } => Some(text.into()),
            // Says itself what is wrong, and is kept in order.
            Kind::Rates => Some(Rates::read(text)?.to_string().into()),
        };
        value.filter(|value| self.holds(value)).ok_or_else(|| {
            let other = Words::here().say("bad-setting-value").with("key", self.key);
            let other = other.with("allowed", self.allowed());
            DeskError::said(other.with("text", text.to_owned()))
        })
    }

    /// Whether it may hold this value.
    fn holds(&self, value: &Value) -> bool {
        match self.kind {
            Kind::Number { least, most, .. } => value
                .as_i64()
                .is_some_and(|number| (least..=most).contains(&number)),
            Kind::Flag { .. } => value.is_boolean(),
            Kind::Word { allowed, .. } => {
                value.as_str().is_some_and(|word| allowed.contains(&word))
            }
            Kind::Text { longest, .. } => value
                .as_str()
                .is_some_and(|text| text.chars().count() <= longest),
            Kind::Rates => value.as_str().is_some_and(|text| Rates::read(text).is_ok()),
        }
    }

    /// What it is set to. A stored value that may not be held any more counts as not set.
    ///
    /// # Errors
    /// Where the file fails.
    pub fn value(&self, reader: &Reader<'_>) -> Result<Value, StoreError> {
        let stored = reader.setting(self.key)?;
        let stored = stored.and_then(|text| serde_json::from_str(&text).ok());
        Ok(stored
            .filter(|value| self.holds(value))
            .unwrap_or_else(|| self.default()))
    }

    /// The number that it is set to; 0 where it holds none.
    ///
    /// # Errors
    /// Where the file fails.
    pub fn number(&self, reader: &Reader<'_>) -> Result<i64, StoreError> {
        Ok(self.value(reader)?.as_i64().unwrap_or_default())
    }

    /// Whether it is set to yes.
    ///
    /// # Errors
    /// Where the file fails.
    pub fn flag(&self, reader: &Reader<'_>) -> Result<bool, StoreError> {
        Ok(self.value(reader)?.as_bool().unwrap_or_default())
    }

    /// The word or text that it is set to.
    ///
    /// # Errors
    /// Where the file fails.
    pub fn text(&self, reader: &Reader<'_>) -> Result<String, StoreError> {
        Ok(self.value(reader)?.as_str().unwrap_or_default().to_owned())
    }
}

impl Desk {
    /// Every setting with its value.
    ///
    /// # Errors
    /// Where the file fails.
    pub fn settings(&self) -> Result<Vec<SettingRow>, DeskError> {
        self.admit(Question::Settings)?;
        Ok(self.store.read(|reader| {
            let row = |setting: &Setting| Ok(row(setting, setting.value(reader)?));
            ALL.iter().map(row).collect::<Result<_, StoreError>>()
        })?)
    }

    /// Sets a setting, with a value as people type it. Gives it as it is then.
    ///
    /// # Errors
    /// Where there is no such setting, or it may not hold that; or the file is busy or fails.
    pub fn set_setting(&self, key: &str, text: &str) -> Result<SettingRow, DeskError> {
        let setting = Setting::named(key)?;
        let value = setting.read(text)?;
        let caller = self.admit(Question::SetSetting)?;
        let act = self.asked_act(&caller, "setting_set", key)?;
        let done = row(setting, value.clone());
        let act = act
            .by(Permission::Administer)
            .answering(json!({ "setting": done }));
        self.store.write(|batch| {
            let before = setting.value(&batch.reader())?;
            batch.put_setting(key, &value.to_string())?;
            batch.act(&act.changed(before, value.clone()))
        })?;
        Ok(done)
    }
}

fn row(setting: &Setting, value: Value) -> SettingRow {
    SettingRow {
        key: setting.key,
        value,
        default: setting.default(),
        meaning: setting.meaning,
        allowed: setting.allowed(),
        holds: setting.kind.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_default_may_be_held_and_every_key_is_there_once() {
        for (at, setting) in ALL.iter().enumerate() {
            assert!(setting.holds(&setting.default()), "{}", setting.key);
            assert!(ALL[..at].iter().all(|other| other.key != setting.key));
            assert!(setting.meaning.ends_with('.'), "{}", setting.key);
        }
    }

    #[test]
    fn bounds_hold() {
        assert_eq!(IDLE_LOCK_MINUTES.read(" 15 ").unwrap(), Value::from(15));
        for text in ["0", "16", "5.5", "five", "", "99999999999999999999"] {
            let error = IDLE_LOCK_MINUTES.read(text).unwrap_err().to_string();
            assert!(error.contains("idle_lock_minutes"), "{error}");
            assert!(error.contains("1 to 15"), "{error}");
        }
    }
}
