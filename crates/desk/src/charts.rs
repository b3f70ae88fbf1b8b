//! The figures that the window draws: how full the house is night by night, how that compares with a
//! week and a year ago, what is left of each type, who comes and goes.

use keyrack_inventory::{Night, NightRange};
use keyrack_store::{Reader, StoreError};
use keyrack_words::Words;

use crate::answers::{ChartType, Charts};
use crate::api::ChartsRequest;
use crate::desk::Desk;
use crate::door::Question;
use crate::error::DeskError;

/// Nights of one picture at most: two years.
const MOST_NIGHTS: u32 = 732;
/// A year ago is the same day of the week: 52 weeks.
const YEAR: i32 = 364;
const WEEK: i32 = 7;

impl Desk {
    /// The figures of a range of nights, in columns.
    ///
    /// # Errors
    /// Where more than two years are asked for, or the file fails.
    pub fn charts(&self, request: &ChartsRequest) -> Result<Charts, DeskError> {
        if request.nights == 0 || request.nights > MOST_NIGHTS {
            let range = Words::here().say("bad-picture-nights");
            return Err(DeskError::said(range.with("most", MOST_NIGHTS)));
        }
        self.admit(Question::Counts)?;
        let count = i32::try_from(request.nights).unwrap_or(1);
        let nights = NightRange::new(request.from, request.from.plus(count));
        let now = self.clock.now();
        Ok(self.store.read(|reader| {
            let catalogue = reader.catalogue()?;
            let date = catalogue.property.business_date;
            let mut charts = Charts::empty(nights, date);
            for known in &catalogue.room_types {
                let mut left = vec![None; nights.len() as usize];
                for (night, cell) in reader.cells(known.code, nights, now)? {
                    let at = place(nights, night);
                    charts.capacity[at] += cell.capacity();
                    charts.sold[at] += cell.sold;
                    left[at] = Some(cell.rooms_left());
                }
                charts.room_types.push(ChartType {
                    code: known.code,
                    name: known.name.to_string(),
                    left,
                });
            }
            let before = before(nights, YEAR);
            let (capacity, sold) = house(reader, before)?;
            charts.last_year = known(&capacity, &sold);
            charts.last_year_capacity = known(&capacity, &capacity);
            charts.last_year_then = as_of(reader, before, &sold, date.plus(-YEAR))?
                .map_or_else(Vec::new, |then| known(&capacity, &then));
            charts.week_ago = as_of(reader, nights, &charts.sold, date.plus(-WEEK))?;
            for day in reader.days(nights)? {
                charts.arrivals.push(day.arrivals);
                charts.departures.push(day.departures);
            }
            Ok(charts)
        })?)
    }
}

fn before(nights: NightRange, days: i32) -> NightRange {
    NightRange::new(nights.from.plus(-days), nights.to.plus(-days))
}

fn place(nights: NightRange, night: Night) -> usize {
    usize::try_from(nights.from.nights_until(night)).unwrap_or(0)
}

/// What could be sold and what was, of the whole house; a night that was never open has no capacity.
fn house(
    reader: &Reader<'_>,
    nights: NightRange,
) -> Result<(Vec<Option<i32>>, Vec<i32>), StoreError> {
    let mut capacity = vec![None; nights.len() as usize];
    let mut sold = vec![0; nights.len() as usize];
    for known in &reader.catalogue()?.room_types {
        reader.each_cell(known.code, nights, |night, cell| {
            let at = place(nights, night);
            *capacity[at].get_or_insert(0) += cell.capacity();
            sold[at] += cell.sold;
        })?;
    }
    Ok((capacity, sold))
}

/// The figures of the nights that were open.
fn known(capacity: &[Option<i32>], figures: &[impl Copy + Into<Option<i32>>]) -> Vec<Option<i32>> {
    let both = capacity.iter().zip(figures);
    both.map(|(open, figure)| open.and((*figure).into()))
        .collect()
}

/// What was sold of the nights when the date began, where the log goes back so far.
fn as_of(
    reader: &Reader<'_>,
    nights: NightRange,
    sold: &[i32],
    date: Night,
) -> Result<Option<Vec<i32>>, StoreError> {
    // The first date that the log knows began with the hotel itself: nothing was sold before it.
    let Some(began) = reader.began(date)? else {
        return Ok(None);
    };
    let grown = reader.sold_since(nights, began)?;
    let then = sold.iter().zip(grown).map(|(now, grown)| now - grown);
    Ok(Some(then.collect()))
}
