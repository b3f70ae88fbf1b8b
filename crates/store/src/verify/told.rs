//! Rows that follow from no event: settings, roles, staff, guests, texts and what was said under the ids of acts,
//! against what the trail tells of them. The chain guards the trail; this guards the rows.

use std::collections::{BTreeMap, BTreeSet};

use keyrack_inventory::command::Permission;
use keyrack_wire::Hash;
use rusqlite::Connection;
use serde_json::Value;
use uuid::Uuid;

use super::Check;
use crate::Reader;
use crate::envelope::GuestRow;
use crate::erase::{ERASED, ERASED_GUEST};
use crate::error::StoreError;
use crate::rows::uuid;
use crate::seal::{SEALED, of_asked, of_guest, of_password, of_text};

/// What the trail last told of what is set, who may do what, and what it sealed.
#[derive(Default)]
struct Told {
    settings: BTreeMap<String, Value>,
    roles: BTreeMap<String, Value>,
    staff: BTreeMap<String, Value>,
    /// By what they cover, with what the row of the trail is about.
    seals: BTreeMap<Uuid, (String, String)>,
    /// The ids under which acts were asked for, each with its row of the trail and what was done.
    asked: BTreeMap<Uuid, (i64, String)>,
    /// What erasures took away.
    erased: BTreeSet<Uuid>,
}

impl Told {
    fn read(connection: &Connection) -> Result<Self, StoreError> {
        let mut told = Self::default();
        let mut statement = connection.prepare(
            "SELECT what, object, detail, command IS NULL, seq FROM audit
             WHERE detail IS NOT NULL ORDER BY seq",
        )?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let detail = row.get_ref(2)?.as_str().map_err(rusqlite::Error::from)?;
            let detail = serde_json::from_str(detail);
            let detail = detail.map_err(|error| StoreError::damaged("audit", error))?;
            let act = row.get::<_, bool>(3)?.then(|| row.get(4)).transpose()?;
            told.add(row.get(0)?, row.get(1)?, detail, act);
        }
        Ok(told)
    }

    /// Of one thing the last row holds.
    fn add(&mut self, what: String, object: String, mut detail: Value, act: Option<i64>) {
        if let Value::Object(sealed) = detail[SEALED].take() {
            for (id, seal) in sealed {
                let id = Uuid::parse_str(&id).unwrap_or_default();
                let seal = seal.as_str().unwrap_or_default().to_owned();
                self.seals.insert(id, (seal, object.clone()));
            }
        }
        let id = detail["command_id"].as_str().map(Uuid::parse_str);
        if let (Some(seq), Some(Ok(id))) = (act, id) {
            self.asked.insert(id, (seq, what.clone()));
        }
        if let (true, Value::Array(ids)) = (act.is_some(), detail[ERASED].take()) {
            let ids = ids.iter().filter_map(Value::as_str);
            self.erased
                .extend(ids.filter_map(|id| Uuid::parse_str(id).ok()));
        }
        let after = detail["after"].take();
        match what.as_str() {
            _ if act.is_none() => None,
            "setting_set" => self.settings.insert(object, after),
            "role_set" => self.roles.insert(object, after),
            what if what.starts_with("staff_") => self.staff.insert(object, after),
            _ => None,
        };
    }
}

/// Three checks: settings, what roles may do and who is on the staff; guests, texts and passwords; and what was done
/// under which id.
pub(super) fn told(connection: &Connection) -> [Check; 3] {
    let mut settings = Check::new("settings_and_staff");
    let mut people = Check::new("guests_and_texts");
    let mut acts = Check::new("acts");
    let mut told = match Told::read(connection) {
        Ok(told) => told,
        Err(error) => {
            people.differ(&error);
            return [settings.finish(Err(error)), people, acts];
        }
    };
    let set = is_set(connection, &mut settings, &told);
    let remembered = is_remembered(connection, &mut acts, &mut told);
    let sealed = is_sealed(connection, &mut people, &told.seals)
        .and_then(|()| is_erased(connection, &mut people, &told.erased));
    [
        settings.finish(set),
        people.finish(sealed),
        acts.finish(remembered),
    ]
}

/// What was said under the ids of acts, without which the same request would be carried out once more. Takes the seals
/// of it away. Of acts from before they were sealed it is only known that they are there.
fn is_remembered(
    connection: &Connection,
    check: &mut Check,
    told: &mut Told,
) -> Result<(), StoreError> {
    let mut statement = connection.prepare("SELECT id, audit, request_hash, answer FROM act")?;
    let mut rows = statement.query([])?;
    let mut stored = BTreeSet::new();
    while let Some(row) = rows.next()? {
        let (id, seq): (Uuid, i64) = (uuid(row, 0)?, row.get(1)?);
        let (hash, answer): ([u8; 32], String) = (row.get(2)?, row.get(3)?);
        let found = Hash(of_asked(id, &hash, &answer)).to_string();
        stored.insert(id);
        match (told.asked.get(&id), told.seals.remove(&id)) {
            (Some((told, _)), seal) if *told == seq => {
                if seal.is_some_and(|(seal, _)| seal != found) {
                    check.differ(format_args!("what was said under id {id} was changed"));
                }
            }
            _ => check.differ(format_args!(
                "an act is noted under id {id}, and the trail knows nothing of it"
            )),
        }
    }
    for (id, (seq, what)) in &told.asked {
        if !stored.contains(id) {
            told.seals.remove(id);
            check.differ(format_args!(
                "{what} of audit row {seq} was done under id {id}, and that is not noted"
            ));
        }
    }
    Ok(())
}

fn is_set(connection: &Connection, check: &mut Check, told: &Told) -> Result<(), StoreError> {
    compare(check, "setting", &told.settings, &set(connection)?);
    compare(check, "member of staff", &told.staff, &members(connection)?);
    roles(connection, check, &told.roles)
}

fn compare(
    check: &mut Check,
    what: &str,
    told: &BTreeMap<String, Value>,
    stored: &BTreeMap<String, Value>,
) {
    for (key, told) in told {
        match stored.get(key) {
            None => check.differ(format_args!(
                "{what} {key} is missing; the trail has {told}"
            )),
            Some(stored) if stored != told => check.differ(format_args!(
                "{what} {key} is {stored}; by the trail it is {told}"
            )),
            Some(_) => {}
        }
    }
    for (key, stored) in stored.iter().filter(|(key, _)| !told.contains_key(*key)) {
        check.differ(format_args!(
            "{what} {key} is {stored}; the trail knows nothing of it"
        ));
    }
}

fn set(connection: &Connection) -> Result<BTreeMap<String, Value>, StoreError> {
    let mut statement = connection.prepare("SELECT key, value FROM setting")?;
    let mut rows = statement.query([])?;
    let mut found = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let value: String = row.get(1)?;
        // A value that is no JSON is no setting's.
        found.insert(
            row.get(0)?,
            serde_json::from_str(&value).unwrap_or(value.into()),
        );
    }
    Ok(found)
}

fn members(connection: &Connection) -> Result<BTreeMap<String, Value>, StoreError> {
    let staff = Reader::new(connection).staff()?.into_iter();
    Ok(staff
        .map(|entry| (entry.name.clone(), entry.told()))
        .collect())
}

/// A role that was never set may do what it may from the first.
fn roles(
    connection: &Connection,
    check: &mut Check,
    told: &BTreeMap<String, Value>,
) -> Result<(), StoreError> {
    let fresh = Connection::open_in_memory()?;
    crate::connection::build(&fresh, 0)?;
    let mut statement = fresh.prepare("SELECT DISTINCT role FROM role_permission ORDER BY role")?;
    let names = statement.query_map([], |row| row.get::<_, String>(0))?;
    for role in names.collect::<Result<Vec<_>, _>>()? {
        let words =
            |may: Vec<Permission>| -> Value { may.into_iter().map(Permission::as_str).collect() };
        let stored = words(Reader::new(connection).role_permissions(&role)?);
        let expected = match told.get(&role) {
            Some(told) => told.clone(),
            None => words(Reader::new(&fresh).role_permissions(&role)?),
        };
        if stored != expected {
            check.differ(format_args!(
                "role {role} may {stored}; by the trail it may {expected}"
            ));
        }
    }
    Ok(())
}

/// Guests, texts and passwords against the seals of the trail; and no reservation without its guest.
fn is_sealed(
    connection: &Connection,
    check: &mut Check,
    seals: &BTreeMap<Uuid, (String, String)>,
) -> Result<(), StoreError> {
    let mut look = Look::new(connection)?;
    for (id, (seal, object)) in seals {
        if let Some(wrong) = look.at(*id, seal)? {
            check.differ(format_args!("{wrong} ({object})"));
        }
    }
    let mut statement = connection.prepare(
        "SELECT number FROM reservation WHERE guest IS NOT NULL
         AND NOT EXISTS (SELECT 1 FROM guest WHERE id = reservation.guest)
         AND NOT EXISTS (SELECT 1 FROM erased WHERE id = reservation.guest)",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let number: String = row.get(0)?;
        check.differ(format_args!(
            "the guest of {number} is missing, and was not erased"
        ));
    }
    Ok(())
}

/// Each id that stands as erased was told by an erasure, and each of which one tells stands so.
fn is_erased(
    connection: &Connection,
    check: &mut Check,
    told: &BTreeSet<Uuid>,
) -> Result<(), StoreError> {
    let mut statement = connection.prepare("SELECT id FROM erased")?;
    let rows = statement.query_map([], |row| row.get(0).map(Uuid::from_bytes))?;
    let stands = rows.collect::<Result<BTreeSet<Uuid>, _>>()?;
    for id in stands.difference(told) {
        check.differ(format_args!(
            "{id} stands as erased, and no erasure in the trail tells of it"
        ));
    }
    for id in told.difference(&stands) {
        check.differ(format_args!(
            "{id} was erased, as the trail tells, and does not stand so"
        ));
    }
    Ok(())
}

/// Looks rows up by what sealed them.
struct Look<'a> {
    guest: rusqlite::Statement<'a>,
    text: rusqlite::Statement<'a>,
    password: rusqlite::Statement<'a>,
    erased: rusqlite::Statement<'a>,
}

impl<'a> Look<'a> {
    fn new(connection: &'a Connection) -> Result<Self, StoreError> {
        Ok(Self {
            guest: connection
                .prepare("SELECT name, phone, email, salt FROM guest WHERE id = ?1")?,
            text: connection.prepare("SELECT body, salt FROM free_text WHERE id = ?1")?,
            password: connection.prepare("SELECT password FROM staff WHERE id = ?1")?,
            erased: connection.prepare("SELECT 1 FROM erased WHERE id = ?1")?,
        })
    }

    /// What is wrong with the row of that id.
    fn at(&mut self, id: Uuid, seal: &str) -> Result<Option<&'static str>, StoreError> {
        let key = [id.as_bytes()];
        let erased = self.erased.exists(key)?;
        let changed =
            |found: Option<[u8; 32]>| found.is_none_or(|found| Hash(found).to_string() != seal);
        let mut rows = self.guest.query(key)?;
        if let Some(row) = rows.next()? {
            let guest = GuestRow {
                id: keyrack_inventory::GuestId(id),
                name: row.get(0)?,
                phone: row.get(1)?,
                email: row.get(2)?,
            };
            if erased {
                let empty = guest.name == ERASED_GUEST && guest.phone.or(guest.email).is_none();
                return Ok((!empty).then_some("a guest who was erased has a name again"));
            }
            let salt: Option<[u8; 16]> = row.get(3)?;
            let found = salt.map(|salt| of_guest(&salt, &guest));
            return Ok(changed(found).then_some("a guest's name, phone or e-mail was changed"));
        }
        let mut rows = self.text.query(key)?;
        if let Some(row) = rows.next()? {
            if erased {
                return Ok(Some("a text that was erased is there again"));
            }
            let body: String = row.get(0)?;
            let salt: Option<[u8; 16]> = row.get(1)?;
            let found = salt.map(|salt| of_text(&salt, id, &body));
            return Ok(changed(found).then_some("a text was changed"));
        }
        let mut rows = self.password.query(key)?;
        if let Some(row) = rows.next()? {
            let hash: String = row.get(0)?;
            return Ok(changed(Some(of_password(&hash))).then_some("a password was changed"));
        }
        let missing = "a guest, a text or a member of staff is missing, and was not erased";
        Ok((!erased).then_some(missing))
    }
}
