//! Staff, what roles may do, sign-ins and sign-ins that failed: rows. Who may do what is decided at
//! the desk's door.

use keyrack_inventory::Instant;
use keyrack_inventory::command::Permission;
use rusqlite::{OptionalExtension, Row, params};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::error::StoreError;
use crate::rows::uuid;
use crate::{Batch, Reader};

/// A member of the staff.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffEntry {
    /// Identity.
    pub id: Uuid,
    /// Name, by which to sign in.
    pub name: String,
    /// Role, as a word.
    pub role: String,
    /// The password's hash, a PHC string.
    pub password: String,
    /// Since when.
    pub created_at: Instant,
    /// Since when not any more.
    pub disabled_at: Option<Instant>,
}

/// A sign-in that has not ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionEntry {
    /// Whose.
    pub staff: StaffEntry,
    /// Since when.
    pub signed_in_at: Instant,
    /// Until when.
    pub expires_at: Instant,
}

/// Sign-ins under a name that failed in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FailureEntry {
    /// How many.
    pub failures: u32,
    /// When the last one was.
    pub last_at: Instant,
}

impl StaffEntry {
    /// What the trail tells of a member; of a password, never more than that it changed.
    pub fn told(&self) -> Value {
        json!({ "role": self.role, "enabled": self.disabled_at.is_none() })
    }
}

const STAFF: &str = "s.id, s.name, s.role, s.password, s.created_at, s.disabled_at";

fn staff(row: &Row<'_>) -> Result<StaffEntry, StoreError> {
    Ok(StaffEntry {
        id: uuid(row, 0)?,
        name: row.get(1)?,
        role: row.get(2)?,
        password: row.get(3)?,
        created_at: Instant::from_millis(row.get(4)?),
        disabled_at: row.get::<_, Option<i64>>(5)?.map(Instant::from_millis),
    })
}

impl Reader<'_> {
    /// Whether the file has staff, so that whoever works on it signs in.
    pub fn has_staff(&self) -> Result<bool, StoreError> {
        let mut statement = self
            .connection()
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM staff)")?;
        Ok(statement.query_row([], |row| row.get(0))?)
    }

    /// Everybody, by name.
    pub fn staff(&self) -> Result<Vec<StaffEntry>, StoreError> {
        let sql = format!("SELECT {STAFF} FROM staff AS s ORDER BY s.name");
        let mut statement = self.connection().prepare_cached(&sql)?;
        let mut rows = statement.query([])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push(staff(row)?);
        }
        Ok(found)
    }

    /// The member of this name, whatever its case.
    pub fn staff_named(&self, name: &str) -> Result<Option<StaffEntry>, StoreError> {
        let sql = format!("SELECT {STAFF} FROM staff AS s WHERE s.name = ?1");
        let mut statement = self.connection().prepare_cached(&sql)?;
        let mut rows = statement.query([name])?;
        rows.next()?.map(staff).transpose()
    }

    /// What a role may do.
    pub fn role_permissions(&self, role: &str) -> Result<Vec<Permission>, StoreError> {
        let mut statement = self
            .connection()
            .prepare_cached("SELECT permission FROM role_permission WHERE role = ?1")?;
        let mut rows = statement.query([role])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let word: String = row.get(0)?;
            let known = Permission::from_word(&word);
            found.push(known.ok_or_else(|| StoreError::damaged("role_permission", &word))?);
        }
        found.sort_unstable();
        Ok(found)
    }

    /// The sign-in of this token's hash, ended or not by its time.
    pub fn session(&self, token: &[u8; 32]) -> Result<Option<SessionEntry>, StoreError> {
        let sql = format!(
            "SELECT {STAFF}, n.signed_in_at, n.expires_at FROM session AS n
             JOIN staff AS s ON s.id = n.staff WHERE n.token = ?1"
        );
        let mut statement = self.connection().prepare_cached(&sql)?;
        let mut rows = statement.query([token])?;
        let Some(row) = rows.next()? else {
            return Ok(None);
        };
        Ok(Some(SessionEntry {
            staff: staff(row)?,
            signed_in_at: Instant::from_millis(row.get(6)?),
            expires_at: Instant::from_millis(row.get(7)?),
        }))
    }

    /// Sign-ins that failed in a row, by the name's hash.
    pub fn sign_in_failure(&self, name: &[u8; 32]) -> Result<Option<FailureEntry>, StoreError> {
        let mut statement = self
            .connection()
            .prepare_cached("SELECT failures, last_at FROM sign_in_failure WHERE name = ?1")?;
        let found = statement.query_row([name], |row| {
            Ok(FailureEntry {
                failures: row.get(0)?,
                last_at: Instant::from_millis(row.get(1)?),
            })
        });
        Ok(found.optional()?)
    }

    /// The permission that a command needed, by its number in the trail.
    pub fn permission_of(
        &self,
        command: keyrack_inventory::CommandId,
    ) -> Result<Option<Permission>, StoreError> {
        let mut statement = self.connection().prepare_cached(
            "SELECT a.permission FROM audit AS a JOIN command AS c ON c.seq = a.command
             WHERE c.id = ?1",
        )?;
        let word: Option<String> = statement
            .query_row(params![command.0.as_bytes()], |row| row.get(0))
            .optional()?;
        Ok(word.as_deref().and_then(Permission::from_word))
    }
}

impl Batch<'_> {
    /// Keeps a member of the staff, new or changed.
    ///
    /// # Errors
    /// Where the file fails; so with every method here. The whole transaction is then taken back.
    pub fn put_staff(&mut self, entry: &StaffEntry) -> Result<(), StoreError> {
        let mut statement = self.connection.prepare_cached(
            "INSERT INTO staff (id, name, role, password, created_at, disabled_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT (id) DO UPDATE SET role = ?3, password = ?4, disabled_at = ?6",
        )?;
        statement.execute(params![
            entry.id.as_bytes(),
            entry.name,
            entry.role,
            entry.password,
            entry.created_at.millis(),
            entry.disabled_at.map(Instant::millis),
        ])?;
        Ok(())
    }

    /// Sets what a role may do.
    pub fn put_role(&mut self, role: &str, may: &[Permission]) -> Result<(), StoreError> {
        let mut insert = self
            .connection
            .prepare_cached("INSERT OR IGNORE INTO role_permission VALUES (?1, ?2)")?;
        let mut delete = self
            .connection
            .prepare_cached("DELETE FROM role_permission WHERE role = ?1 AND permission = ?2")?;
        for permission in Permission::ALL {
            let statement = if may.contains(&permission) {
                &mut insert
            } else {
                &mut delete
            };
            statement.execute(params![role, permission.as_str()])?;
        }
        Ok(())
    }

    /// Begins a session, and clears away those whose time is up.
    pub fn begin_session(
        &mut self,
        token: &[u8; 32],
        staff: Uuid,
        (from, to): (Instant, Instant),
    ) -> Result<(), StoreError> {
        self.connection
            .prepare_cached("DELETE FROM session WHERE expires_at <= ?1")?
            .execute([from.millis()])?;
        let mut statement = self
            .connection
            .prepare_cached("INSERT INTO session VALUES (?1, ?2, ?3, ?4)")?;
        let (from, to) = (from.millis(), to.millis());
        statement.execute(params![token, staff.as_bytes(), from, to])?;
        Ok(())
    }

    /// Ends a session. Gives whether there was one.
    pub fn end_session(&mut self, token: &[u8; 32]) -> Result<bool, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("DELETE FROM session WHERE token = ?1")?;
        Ok(statement.execute([token])? > 0)
    }

    /// Ends every session of a member.
    pub fn end_sessions_of(&mut self, staff: Uuid) -> Result<(), StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("DELETE FROM session WHERE staff = ?1")?;
        statement.execute(params![staff.as_bytes()])?;
        Ok(())
    }

    /// Notes how many sign-ins failed under a name, and clears away what nobody asks for any more.
    pub fn put_sign_in_failure(
        &mut self,
        name: &[u8; 32],
        entry: FailureEntry,
        forget_before: Instant,
    ) -> Result<(), StoreError> {
        self.connection
            .prepare_cached("DELETE FROM sign_in_failure WHERE last_at < ?1")?
            .execute([forget_before.millis()])?;
        let mut statement = self.connection.prepare_cached(
            "INSERT INTO sign_in_failure VALUES (?1, ?2, ?3)
             ON CONFLICT DO UPDATE SET failures = ?2, last_at = ?3",
        )?;
        statement.execute(params![name, entry.failures, entry.last_at.millis()])?;
        Ok(())
    }

    /// Forgets the failures under a name.
    pub fn forget_sign_in_failures(&mut self, name: &[u8; 32]) -> Result<(), StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("DELETE FROM sign_in_failure WHERE name = ?1")?;
        statement.execute([name])?;
        Ok(())
    }
}
