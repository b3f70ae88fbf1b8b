//! The end of a schedule: the network heals, and everything has to come to rest.

use keyrack_inventory::Command;

use crate::check::wrong;
use crate::file::{Asked, RowState};
use crate::rejoin::applied;
use crate::world::World;

/// Exchanges after which everything is at rest.
const ROUNDS: usize = 80;
/// After which nobody brings any more what a command waits for.
const PATIENCE: usize = 30;

impl World<'_> {
    pub(crate) fn heal(&mut self) {
        self.is_calm = true;
        self.trace.line("the network heals".to_owned());
        for index in 0..self.desks.len() {
            self.desks[index].is_online = true;
        }
        let (mut rounds, mut rested) = (0, 0);
        // Who is at rest asks once more: only so does he hear of a centre that was restored meanwhile.
        loop {
            rested = if self.is_at_rest() { rested + 1 } else { 0 };
            if rested == 2 {
                break;
            }
            rounds += 1;
            if rounds > ROUNDS {
                let what = self.restless();
                self.trace.violated(5, what);
            }
            self.round(rounds);
            if self.trace.violation.is_some() {
                return;
            }
        }
        self.trace.line(format!("at rest after {rounds} rounds"));
        self.look_at_rest();
    }

    fn round(&mut self, round: usize) {
        self.trace.facts.steps += 1;
        // After an hour no hold is left: their desks let them go.
        self.now += if round == 1 { 4_000_000 } else { 12_000 };
        for index in 0..self.desks.len() {
            self.accept_doubled(index);
            self.take_back(index);
        }
        for index in 0..self.desks.len() {
            let desk = &self.desks[index];
            if desk.is_out || desk.file.is_frozen || desk.snapshot.is_some() {
                continue;
            }
            let at = self.desk_time(index);
            if !desk.file.shown.due_holds(&desk.file.letters, at).is_empty() {
                let asked = Asked {
                    id: self.next_id(),
                    command: Command::SweepHolds { holds: Vec::new() },
                    is_override: false,
                    gives_back: false,
                    at,
                };
                self.do_give(index, &asked);
            }
            if round <= PATIENCE && self.dice.once_in(2) {
                self.retry(index);
            }
            // Another desk may still bring what it waits for.
            self.discard(index, round > PATIENCE);
        }
        for index in 0..self.desks.len() {
            self.give_up(index);
            self.send_push(index);
        }
        self.all_arrives();
        for index in 0..self.desks.len() {
            self.send_pull(index);
        }
        self.all_arrives();
    }

    /// Every desk hears of the hotel and of its share.
    pub(crate) fn begin(&mut self) {
        self.is_calm = true;
        for index in 0..self.desks.len() {
            self.send_pull(index);
        }
        self.all_arrives();
        self.is_calm = false;
    }

    fn all_arrives(&mut self) {
        while !self.wire.is_empty() {
            let message = self.wire.remove(0);
            self.deliver(&message);
        }
    }

    fn is_in_use(&self, index: usize) -> bool {
        let desk = &self.desks[index];
        !desk.is_out && !desk.file.is_frozen
    }

    fn is_at_rest(&self) -> bool {
        let in_use = (0..self.desks.len()).filter(|index| !self.desks[*index].is_out);
        self.wire.is_empty() && in_use.into_iter().all(|index| self.rests(index).is_none())
    }

    /// Why a desk is not at rest.
    fn rests(&self, index: usize) -> Option<String> {
        let desk = &self.desks[index];
        let file = &desk.file;
        if file.is_frozen {
            return Some(format!("{} is frozen", file.letters));
        }
        if desk.snapshot.is_some() {
            return Some(format!("{} takes a snapshot", file.letters));
        }
        let open = file
            .queue
            .iter()
            .find(|(_, row)| matches!(row.state, RowState::Waiting | RowState::Parked { .. }));
        if let Some((seq, row)) = open {
            return Some(format!("{} has {seq:?} as {:?}", file.letters, row.state));
        }
        if file.cursor != self.centre.property.cursor() || file.dirty {
            return Some(format!("{} stands at {}", file.letters, file.cursor.number));
        }
        if let Some(what) = self.unlearned(index) {
            return Some(what);
        }
        let at = self.desk_time(index);
        let due = !file.shown.due_holds(&file.letters, at).is_empty();
        due.then(|| format!("{} has holds that are due", file.letters))
    }

    fn restless(&self) -> String {
        let why: Vec<String> = (0..self.desks.len())
            .filter(|index| !self.desks[*index].is_out)
            .filter_map(|index| self.rests(index))
            .collect();
        format!("it does not come to rest: {}", why.join("; "))
    }

    /// Every desk has what the centre has (7), and nothing that was given is lost (5).
    fn look_at_rest(&mut self) {
        if let Some(what) = wrong(&self.centre.tables) {
            self.trace.violated(8, format!("the centre: {what}"));
        }
        let there = self.centre.tables.digests();
        for index in 0..self.desks.len() {
            if !self.is_in_use(index) {
                continue;
            }
            self.look_at_followed(index);
            let file = &self.desks[index].file;
            let letters = file.letters.clone();
            let here = file.shown.digests();
            for row in file.queue.values() {
                let id = row.queued.id;
                let known = self.answers.contains_key(&id);
                let discarded = row.state == RowState::Refused;
                if !known && !discarded {
                    self.trace.violated(5, format!("{letters}: {id} is lost"));
                }
            }
            let file = &self.desks[index].file;
            let unheard = self.given.iter().find(|(id, given)| {
                given.desk == file.holder.desk
                    && !self.answers.contains_key(id)
                    && !self.gone.contains(id)
                    && !file.queue.values().any(|row| row.queued.id == **id)
            });
            if let Some((id, _)) = unheard {
                self.trace
                    .violated(5, format!("{letters}: {id} was told, and is gone"));
            }
            let undone = applied(&self.desks[index].file)
                .find(|queued| !self.centre.feed.iter().any(|entry| entry.id == queued.id));
            if let Some(queued) = undone {
                let what = format!("{letters}: {} was done, and is not any more", queued.id);
                self.trace.violated(5, what);
            }
            for (row, (digest, void)) in &here {
                match there.get(row) {
                    Some((known, _)) if known == digest => {}
                    None if *void => {}
                    _ => self
                        .trace
                        .violated(7, format!("{letters}: {row} is not as at the centre")),
                }
            }
            // A house without a limit is the same as none.
            let is_open = |row: &str, void: bool| void && row.starts_with("house ");
            let missing = there
                .iter()
                .find(|(row, (_, void))| !here.contains_key(*row) && !is_open(row, *void));
            if let Some((row, _)) = missing {
                self.trace
                    .violated(7, format!("{letters}: {row} is not here"));
            }
        }
        let tables = self.centre.tables.digests();
        let text = format!("{tables:?}");
        self.trace.bytes(text.as_bytes());
    }

    /// A grant of the desk of which it has not heard.
    fn unlearned(&self, index: usize) -> Option<String> {
        let file = &self.desks[index].file;
        let date = self
            .centre
            .property
            .catalogue
            .as_ref()?
            .property
            .business_date;
        let own = self.centre.rights.iter();
        let mut own = own.filter(|((night, _, of), _)| *of == file.holder && *night >= date);
        let known = |place| {
            file.rights
                .get(&place)
                .map_or(0, |right| right.totals().granted)
        };
        let ((night, code, _), kept) = own.find(|((night, code, _), kept)| {
            known((*code, *night)) != kept.right.totals().granted
        })?;
        let (here, there) = (known((*code, *night)), kept.right.totals().granted);
        let letters = &file.letters;
        Some(format!(
            "{letters} knows of {here} rooms of {code} on {night}, {there} are granted"
        ))
    }
}
