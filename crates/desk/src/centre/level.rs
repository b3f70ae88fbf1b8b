//! Whether the desk shows what the centre has, row for row.

use std::collections::BTreeMap;

use keyrack_store::Verification;
use keyrack_wire::Checked;

use super::outgoing::pull_of;
use super::{failed, line, runtime};
use crate::Desk;
use crate::door::Question;
use crate::error::{CentreRefusal, DeskError};

/// How often the two are brought to the same place of the feed before they are compared.
const TRIES: u32 = 5;
/// Differences that are named.
const NAMED: usize = 20;

impl Desk {
    /// Checks the file, and compares every row with the centre's, both at the same place of the feed.
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
            let here = self.store.read(|reader| {
                let at_rest = reader.queue_facts()?.waiting == 0;
                let level = reader
                    .centre()?
                    .is_some_and(|centre| centre.cursor == checked.cursor);
                (level && at_rest).then(|| reader.shown_rows()).transpose()
            })?;
            // Somebody sold something meanwhile: they are looked at again.
            let Some(here) = here else { continue };
            let there = checked
                .rows
                .into_vec()
                .into_iter()
                .filter(|row| !row.is_open_house())
                .map(|row| (row.row, row.digest));
            let mut there: BTreeMap<String, String> = there.collect();
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
            differences.truncate(NAMED);
            found.add("centre", differences);
            return Ok(found);
        }
        Err(CentreRefusal::Moving.into())
    }
}
