//! Whether the desk shows what the centre has, row for row, and counts its share as the centre does.

use std::collections::{BTreeMap, BTreeSet};

use keyrack_inventory::share::Right;
use keyrack_inventory::{Night, RoomTypeCode};
use keyrack_store::{Reader, Shown, StoreError, Verification};
use keyrack_wire::{Checked, Cursor, Granted, RightUse, RowDigest};

use super::outgoing::pull_of;
use super::{failed, line, runtime};
use crate::Desk;
use crate::door::Question;
use crate::error::{CentreRefusal, DeskError};

/// How often the two are brought to the same place of the feed before they are compared.
const TRIES: u32 = 5;

impl Desk {
    /// Checks the file, and compares every row and every right of the desk with the centre's, both at the same place of the
    /// feed and of the grants.
    /// Commands that wait lie over the centre's rows, so they are sent up first.
    ///
    /// # Errors
    /// Where the file has no centre, the centre does not answer, nobody who may is signed in, or the
    /// file fails. What is wrong is in the result.
    pub fn verify_against_centre(&self) -> Result<Verification, DeskError> {
        let mut found = self.verify()?;
        self.admit(Question::Verify)?;
        let link = line(&self.store)?.ok_or(CentreRefusal::NotEnrolled)?;
        let runtime = runtime()?;
        for _ in 0..TRIES {
            super::exchange::exchange(&self.store, &runtime, None, &mut |_| true)?;
            let asked = self.store.read(|reader| reader.centre())?;
            let asked = pull_of(&self.store, &asked.ok_or(CentreRefusal::NotEnrolled)?)?;
            let checked: Checked = runtime
                .block_on(link.ask("v1/sync/check", &asked))
                .map_err(failed)?;
            let here = self
                .store
                .read(|reader| Here::at_rest(reader, &checked.cursor, checked.granted))?;
            // Somebody sold something meanwhile, or was granted something: they are looked at again.
            let Some(here) = here else { continue };
            found.add("centre", rows(here.shown, checked.rows.into_vec()));
            let there = checked.rights.into_vec();
            found.add("shares", rights(&here.rights, there));
            return Ok(found);
        }
        Err(CentreRefusal::Moving.into())
    }
}

/// What the desk has, at the place of the feed and of the grants at which the centre was asked.
struct Here {
    shown: Vec<Shown>,
    rights: BTreeMap<(Night, RoomTypeCode), Right>,
}

impl Here {
    /// Nothing where the desk has come further, or not so far, or has something to send.
    fn at_rest(
        reader: &Reader<'_>,
        cursor: &Cursor,
        granted: Granted,
    ) -> Result<Option<Self>, StoreError> {
        let Some(centre) = reader.centre()? else {
            return Ok(None);
        };
        let is_level = centre.cursor == *cursor && centre.granted == Some(granted);
        if !is_level || reader.queue_facts()?.waiting > 0 {
            return Ok(None);
        }
        // What is granted of nights that are over is told to nobody.
        let rights = reader.rights(reader.catalogue()?.property.business_date)?;
        Ok(Some(Self {
            shown: reader.shown_rows()?,
            rights: rights
                .into_iter()
                .map(|(night, code, right)| ((night, code), right))
                .collect(),
        }))
    }
}

/// Rows that are not the same here and there.
fn rows(here: Vec<Shown>, there: Vec<RowDigest>) -> Vec<String> {
    let there = there.into_iter().filter(|row| !row.is_open_house());
    let mut there: BTreeMap<String, String> = there.map(|row| (row.row, row.digest)).collect();
    let mut differences = Vec::new();
    for shown in here {
        match there.remove(&shown.row.row) {
            Some(digest) if digest == shown.row.digest => {}
            Some(_) => differences.push(format!("{} differs", shown.row.row)),
            None if shown.void => {}
            None => differences.push(format!("{} is here alone", shown.row.row)),
        }
    }
    let missing = there.into_keys().map(|row| format!("{row} is not here"));
    differences.extend(missing);
    differences
}

/// Rights of the desk's share that are counted otherwise at the centre. A right that comes to nothing is none.
fn rights(here: &BTreeMap<(Night, RoomTypeCode), Right>, there: Vec<RightUse>) -> Vec<String> {
    let there = there
        .into_iter()
        .map(|right| ((right.night, right.room_type), right.totals));
    let there: BTreeMap<_, Right> = there.collect();
    let keys: BTreeSet<_> = here.keys().chain(there.keys()).collect();
    let right = |of: &BTreeMap<_, Right>, key| of.get(key).copied().unwrap_or_default().totals();
    let differing = keys
        .into_iter()
        .map(|key| (key, right(here, key), right(&there, key)))
        .filter(|(_, here, there)| here != there);
    differing
        .map(|((night, code), here, there)| {
            format!(
                "share {code} {night}: granted {}, sold {}, given back {} here, \
                 and {}, {}, {} at the centre",
                here.granted,
                here.consumed,
                here.returned,
                there.granted,
                there.consumed,
                there.returned
            )
        })
        .collect()
}
