//! From where on something is an alert, and which backups are kept, as the hotel has set it.

use keyrack_store::{Reader, StoreError};

use crate::settings::{self, Setting};

/// From where on something is an alert.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Thresholds {
    /// Nights ahead of the business date that are looked at, that many included.
    pub nights_ahead: u32,
    /// Low is at most so many rooms.
    pub low_rooms: u32,
    /// And at most this share of the capacity, rounded.
    pub low_percent: u32,
    /// Critically low is at most so many rooms.
    pub critical_rooms: u32,
    /// And at most this share of the capacity, rounded.
    pub critical_percent: u32,
    /// Sales that may fail in an hour.
    pub failed_sales: u32,
    /// Share of refused commands that is no alert yet.
    pub refused_percent: u32,
    /// Of so many attempts at least.
    pub refused_attempts: u32,
    /// A backup may be so old, in hours.
    pub backup_hours: u32,
}

impl Thresholds {
    fn from(
        mut number: impl FnMut(&Setting) -> Result<u32, StoreError>,
    ) -> Result<Self, StoreError> {
        Ok(Self {
            nights_ahead: number(&settings::ALERT_NIGHTS_AHEAD)?,
            low_rooms: number(&settings::LOW_ROOMS)?,
            low_percent: number(&settings::LOW_PERCENT)?,
            critical_rooms: number(&settings::CRITICAL_ROOMS)?,
            critical_percent: number(&settings::CRITICAL_PERCENT)?,
            failed_sales: number(&settings::FAILED_SALES)?,
            refused_percent: number(&settings::REFUSED_PERCENT)?,
            refused_attempts: number(&settings::REFUSED_ATTEMPTS)?,
            backup_hours: number(&settings::BACKUP_HOURS)?,
        })
    }

    /// As the hotel has set them.
    ///
    /// # Errors
    /// Where the file fails.
    pub fn read(reader: &Reader<'_>) -> Result<Self, StoreError> {
        Self::from(|setting| number(setting, reader))
    }
}

#[cfg(test)]
impl Default for Thresholds {
    fn default() -> Self {
        let default = |setting: &Setting| {
            let number = setting
                .default()
                .as_u64()
                .and_then(|all| all.try_into().ok());
            Ok(number.unwrap_or_default())
        };
        Self::from(default).expect("a default needs no file")
    }
}

/// A setting's bounds are those of the number it gives.
fn number(setting: &Setting, reader: &Reader<'_>) -> Result<u32, StoreError> {
    Ok(u32::try_from(setting.number(reader)?).unwrap_or_default())
}

/// Which backups are kept, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keeping {
    /// Days of which the last backup is kept.
    pub daily: u32,
    /// Weeks of which the last backup is kept.
    pub weekly: u32,
    /// Months of which the last backup is kept.
    pub monthly: u32,
    /// The folder; `backups` beside the database where empty. A relative one begins there too.
    pub folder: String,
    /// The hour of the hotel's own clock at which the daily backup is due.
    pub hour: u32,
}

impl Keeping {
    /// As the hotel has set it.
    ///
    /// # Errors
    /// Where the file fails.
    pub fn read(reader: &Reader<'_>) -> Result<Self, StoreError> {
        Ok(Self {
            daily: number(&settings::BACKUP_DAILY, reader)?,
            weekly: number(&settings::BACKUP_WEEKLY, reader)?,
            monthly: number(&settings::BACKUP_MONTHLY, reader)?,
            folder: settings::BACKUP_FOLDER.text(reader)?,
            hour: number(&settings::BACKUP_HOUR, reader)?,
        })
    }
}
