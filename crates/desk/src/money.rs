//! Money and VAT: whole minor units and thousandths of a per cent, never a fraction that a computer
//! cannot hold.
//!
//! The rounding rule, once for every paper and answer: of one document, the nights of one VAT rate are
//! added up first; the VAT of that sum is rounded half up to a minor unit; net and gross differ by just
//! that. The document's totals are the sums of its rates, so that net + VAT = gross everywhere.

use std::collections::BTreeMap;
use std::fmt;

use keyrack_inventory::{Night, Stay};
use keyrack_store::{Reader, StoreError};
use keyrack_words::Words;
use serde::{Serialize, Serializer};
use ts_rs::TS;

use crate::error::DeskError;
use crate::settings;

/// A whole: 100 % in thousandths of a per cent.
const WHOLE: i128 = 100_000;
/// Rates that a setting holds at most.
const MOST_RATES: usize = 100;

/// How many digits a currency has behind the point.
pub(crate) fn currency_digits(currency: &str) -> u8 {
    match currency {
        "BIF" | "CLP" | "DJF" | "GNF" | "ISK" | "JPY" | "KMF" | "KRW" | "PYG" | "RWF" | "UGX"
        | "VND" | "VUV" | "XAF" | "XOF" | "XPF" => 0,
        "BHD" | "IQD" | "JOD" | "KWD" | "LYD" | "OMR" | "TND" => 3,
        _ => 2,
    }
}

/// A rate of VAT, in thousandths of a per cent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rate(u32);

impl Rate {
    /// Reads per cents with up to three decimals, from 0 to 100.
    fn read(text: &str) -> Option<Self> {
        let (whole, decimals) = text.split_once('.').unwrap_or((text, "0"));
        let digits = |part: &str, most| {
            !part.is_empty() && part.len() <= most && part.bytes().all(|byte| byte.is_ascii_digit())
        };
        if !digits(whole, 3) || !digits(decimals, 3) {
            return None;
        }
        let rate: u32 = format!("{whole}{decimals:0<3}").parse().ok()?;
        (i128::from(rate) <= WHOLE).then_some(Self(rate))
    }
}

impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let decimals = format!("{:03}", self.0 % 1_000);
        match decimals.trim_end_matches('0') {
            "" => write!(f, "{}", self.0 / 1_000),
            decimals => write!(f, "{}.{decimals}", self.0 / 1_000),
        }
    }
}

impl Serialize for Rate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// The hotel's rates, each valid from a date on; before the first there is none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rates(BTreeMap<Night, Rate>);

impl Rates {
    /// Reads `2024-01-01=6; 2027-01-01=7.5`.
    ///
    /// # Errors
    /// Where it is not of that form, a date is there twice, or a rate is not one.
    pub fn read(text: &str) -> Result<Self, DeskError> {
        let words = Words::here();
        let bad = |part: &str, why: String| {
            let none = words.say("bad-rate").with("part", part.to_owned());
            DeskError::said(none.with("why", why))
        };
        let mut rates = BTreeMap::new();
        for part in text
            .split(';')
            .map(str::trim)
            .filter(|part| !part.is_empty())
        {
            let (from, rate) = part
                .split_once('=')
                .ok_or_else(|| bad(part, words.plain("rate-no-equals")))?;
            let from = from.trim();
            let no_date = || words.say("rate-no-date").with("date", from.to_owned());
            let from: Night = from.parse().map_err(|_| bad(part, no_date().text()))?;
            let rate = rate.trim().trim_end_matches('%').trim_end();
            let rate = Rate::read(rate).ok_or_else(|| bad(part, words.plain("rate-range")))?;
            if rates.insert(from, rate).is_some() {
                return Err(bad(part, words.plain("rate-twice")));
            }
            if rates.len() > MOST_RATES {
                let many = words.say("rate-too-many").with("most", MOST_RATES);
                return Err(bad(part, many.text()));
            }
        }
        Ok(Self(rates))
    }

    /// The rate of a night.
    pub fn on(&self, night: Night) -> Rate {
        let valid = self.0.range(..=night).next_back();
        valid.map_or(Rate::default(), |(_, rate)| *rate)
    }

    /// Whether the hotel charges no VAT that the program knows of.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for Rates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts: Vec<String> = self
            .0
            .iter()
            .map(|(from, rate)| format!("{from}={rate}"))
            .collect();
        f.write_str(&parts.join("; "))
    }
}

/// How the hotel taxes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taxes {
    /// By date.
    pub rates: Rates,
    /// Prices are gross.
    pub included: bool,
}

impl Taxes {
    /// As the hotel set it.
    pub(crate) fn read(reader: &Reader<'_>) -> Result<Self, StoreError> {
        let rates = Rates::read(&settings::VAT_RATES.text(reader)?);
        Ok(Self {
            // A stored value that cannot be read counts as not set, like that of any setting.
            rates: rates.unwrap_or_default(),
            included: settings::PRICES_INCLUDE_VAT.flag(reader)?,
        })
    }
}

/// What is charged at one rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
pub struct RateAmounts {
    /// Per cent.
    #[ts(type = "string")]
    pub rate: Rate,
    /// Without VAT, in minor units.
    pub net: i64,
    /// VAT.
    pub vat: i64,
    /// With VAT.
    pub gross: i64,
}

/// What is charged in all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, TS)]
#[ts(optional_fields)]
pub struct Amounts {
    /// Rate by rate, the lowest first.
    pub by_rate: Vec<RateAmounts>,
    /// Without VAT, in minor units.
    pub net: i64,
    /// VAT.
    pub vat: i64,
    /// With VAT.
    pub gross: i64,
    /// What it costs the hotel, where each stay that is charged has a cost.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cost: Option<i64>,
}

/// What is charged of a night at its price.
pub fn charge(nights: impl Iterator<Item = (Night, i64)>, taxes: &Taxes) -> Amounts {
    let mut sums: BTreeMap<Rate, i128> = BTreeMap::new();
    for (night, price) in nights {
        *sums.entry(taxes.rates.on(night)).or_default() += i128::from(price);
    }
    let mut amounts = Amounts::default();
    for (rate, sum) in sums {
        let part = split(rate, sum, taxes.included);
        amounts.net += part.net;
        amounts.vat += part.vat;
        amounts.gross += part.gross;
        amounts.by_rate.push(part);
    }
    amounts
}

/// What is charged for the stays; nothing where one that is charged has no price. Day use has no
/// nights and is not charged, nor is a stay that was cancelled or whose guest did not come; nights that
/// an early check-out freed are not either.
pub fn amounts<'a>(stays: impl Iterator<Item = &'a Stay>, taxes: &Taxes) -> Option<Amounts> {
    let charged: Vec<&Stay> = stays.filter(|stay| stay.is_charged()).collect();
    if charged.is_empty() {
        return None;
    }
    let mut nights = Vec::new();
    let mut cost = Some(0_i64);
    for stay in charged {
        let price = stay.price?;
        nights.extend(stay.nights().iter().map(|night| (night, price)));
        let own = stay.cost.map(|cost| cost * i64::from(stay.nights().len()));
        cost = cost.zip(own).map(|(sum, own)| sum + own);
    }
    Some(Amounts {
        cost,
        ..charge(nights.into_iter(), taxes)
    })
}

/// The price of the nights that are charged, as prices are given: with VAT in them or without. Nothing where one of
/// these stays has no price, or where none has ever had one.
pub fn total<'a>(stays: impl Iterator<Item = &'a Stay> + Clone) -> Option<i64> {
    let priced = stays.clone().any(|stay| stay.price.is_some());
    let price = |stay: &Stay| Some(stay.price? * i64::from(stay.nights().len()));
    let total = stays.filter(|stay| stay.is_charged()).map(price).sum();
    if priced { total } else { None }
}

fn split(rate: Rate, sum: i128, included: bool) -> RateAmounts {
    let thousandths = i128::from(rate.0);
    let base = if included { WHOLE + thousandths } else { WHOLE };
    let vat = half_up(sum * thousandths, base);
    let (net, gross) = if included {
        (sum - vat, sum)
    } else {
        (sum, sum + vat)
    };
    // A price is bounded, and so is the number of nights in a file.
    let whole = |amount: i128| i64::try_from(amount).unwrap_or(i64::MAX);
    RateAmounts {
        rate,
        net: whole(net),
        vat: whole(vat),
        gross: whole(gross),
    }
}

/// Divides, and rounds half up. Prices are not negative.
fn half_up(number: i128, by: i128) -> i128 {
    (2 * number + by).div_euclid(2 * by)
}

/// An amount as people read it: `1,234.50`.
pub fn written(amount: i64, digits: u8) -> String {
    let unit = 10_u64.pow(u32::from(digits));
    let (whole, part) = (amount.unsigned_abs() / unit, amount.unsigned_abs() % unit);
    let whole = whole.to_string();
    let mut text = String::new();
    if amount < 0 {
        text.push('-');
    }
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    if digits > 0 {
        text.push_str(&format!(".{part:0width$}", width = usize::from(digits)));
    }
    text
}

#[cfg(test)]
#[path = "money_tests.rs"]
mod tests;
