//! Staff, roles, signing in, guests and settings.

use std::io::{self, BufRead, IsTerminal};

use keyrack_desk::door::Password;
use keyrack_desk::guests::{ErasedGuest, GuestQuery, GuestRow};
use keyrack_desk::settings::SettingRow;
use keyrack_desk::sign_in::SignInRequest;
use keyrack_desk::staff::{RoleRow, StaffChange, StaffRow};
use keyrack_desk::{Desk, DeskError};
use serde_json::{Value, json};

use crate::args::{Cmd, GuestCmd, RolesCmd, SettingsCmd, StaffCmd};
use crate::output::{Output, or_none, status};

/// The password that the words need, of KEYRACK_PASSWORD, asked for on a terminal, or the first line
/// of standard input. It is never an argument: those are seen by everybody on the machine.
pub fn secret(words: &Cmd) -> Result<Option<Password>, DeskError> {
    let needed = matches!(
        words,
        Cmd::SignIn { .. } | Cmd::Staff(StaffCmd::Add { .. } | StaffCmd::Reset { .. })
    );
    if !needed {
        return Ok(None);
    }
    if let Ok(given) = std::env::var("KEYRACK_PASSWORD") {
        return Ok(Some(Password::new(&given)));
    }
    let unread = |error: io::Error| DeskError::BadInput(format!("No password was given: {error}."));
    let typed = if io::stdin().is_terminal() {
        rpassword::prompt_password("Password: ").map_err(unread)?
    } else {
        let mut line = String::new();
        io::stdin().lock().read_line(&mut line).map_err(unread)?;
        line.trim_end_matches(['\r', '\n']).to_owned()
    };
    if typed.is_empty() {
        return Err(DeskError::bad_input(
            "No password was given. Set KEYRACK_PASSWORD, or type it on standard input.",
        ));
    }
    Ok(Some(Password::new(&typed)))
}

/// Does what the words ask for, where they are about people.
pub fn run(
    desk: &Desk,
    output: &Output,
    words: &Cmd,
    secret: Option<&Password>,
) -> Result<Option<u8>, DeskError> {
    Ok(Some(match words {
        Cmd::Settings(words) => settings(desk, output, words)?,
        Cmd::Staff(words) => staff(desk, output, words, secret)?,
        Cmd::Roles(words) => roles(desk, output, words)?,
        Cmd::SignIn { name } => sign_in(desk, output, name, secret)?,
        Cmd::SignOut => {
            desk.sign_out()?;
            output.done(&json!({ "signed_out": true }), || "Signed out.".to_owned())
        }
        Cmd::Guest(words) => guest(desk, output, words)?,
        _ => return Ok(None),
    }))
}

fn given(secret: Option<&Password>) -> Password {
    secret
        .cloned()
        .expect("what needs a password was asked for one")
}

fn staff(
    desk: &Desk,
    output: &Output,
    words: &StaffCmd,
    secret: Option<&Password>,
) -> Result<u8, DeskError> {
    let change = match words {
        StaffCmd::List => {
            let staff = desk.staff()?;
            return Ok(output.print(&json!({ "staff": staff }), || {
                or_none(
                    staff.iter().map(line).collect(),
                    "Nobody works here yet: whoever runs this acts as admin.",
                )
            }));
        }
        StaffCmd::Reset { name } => {
            let row = desk.reset_from_machine(name, &given(secret))?;
            return Ok(output.done(&json!({ "staff": row }), || line(&row)));
        }
        StaffCmd::Add { name, role } => StaffChange::Add {
            name: name.clone(),
            role: *role,
            password: given(secret),
        },
        StaffCmd::Role { name, role } => StaffChange::Role {
            name: name.clone(),
            role: *role,
        },
        StaffCmd::Disable { name } => StaffChange::Disable { name: name.clone() },
        StaffCmd::Enable { name } => StaffChange::Enable { name: name.clone() },
    };
    let row = desk.change_staff(&change)?;
    Ok(output.done(&json!({ "staff": row }), || line(&row)))
}

fn line(row: &StaffRow) -> String {
    let disabled = if row.enabled { "" } else { "  disabled" };
    format!("{:20} {}{disabled}\n", row.name, row.role)
}

fn roles(desk: &Desk, output: &Output, words: &RolesCmd) -> Result<u8, DeskError> {
    let line = |row: &RoleRow| {
        let may = row.may.iter().map(|permission| permission.as_str());
        format!(
            "{:12} {}\n",
            row.role.as_str(),
            may.collect::<Vec<_>>().join(" ")
        )
    };
    match words {
        RolesCmd::List => {
            let roles = desk.roles()?;
            Ok(output.print(&json!({ "roles": roles }), || {
                roles.iter().map(line).collect()
            }))
        }
        RolesCmd::Set { role, may } => {
            let (role, may) = (*role, may.clone());
            let row = desk.set_role(&RoleRow { role, may })?;
            Ok(output.done(&json!({ "role": row }), || line(&row)))
        }
    }
}

fn sign_in(
    desk: &Desk,
    output: &Output,
    name: &str,
    secret: Option<&Password>,
) -> Result<u8, DeskError> {
    let request = SignInRequest {
        name: name.to_owned(),
        password: given(secret),
    };
    let signed_in = desk.sign_in(&request, false)?;
    if !output.json {
        eprintln!(
            "{} is signed in as {} until {}.",
            signed_in.name, signed_in.role, signed_in.expires_at
        );
        output.text(&signed_in.token);
        return Ok(status::DONE);
    }
    Ok(output.print(&signed_in, String::new))
}

fn guest(desk: &Desk, output: &Output, words: &GuestCmd) -> Result<u8, DeskError> {
    match words {
        GuestCmd::List {
            past_retention,
            find,
            limit,
        } => {
            let guests = desk.guests(&GuestQuery {
                past_retention: *past_retention,
                find: find.clone(),
                limit: *limit,
            })?;
            Ok(output.print(&json!({ "guests": guests }), || {
                let line = |row: &GuestRow| {
                    let last = row
                        .last_departure
                        .map_or("-".to_owned(), |date| date.to_string());
                    format!(
                        "{}  {:30} {:3} until {last}\n",
                        row.id, row.name, row.reservations
                    )
                };
                or_none(guests.iter().map(line).collect(), "No guest is like that.")
            }))
        }
        GuestCmd::Export { guest, file } => {
            let exported = desk.export_guest(guest, file)?;
            Ok(
                output.done(&json!({ "exported": exported, "file": file }), || {
                    format!("Written to {}", file.display())
                }),
            )
        }
        GuestCmd::Erase { guest, reason } => {
            let erased = desk.erase_guest(guest, reason)?;
            Ok(output.done(&json!({ "erased": erased }), || erased_text(&erased)))
        }
    }
}

fn erased_text(erased: &ErasedGuest) -> String {
    if erased.already {
        return "Already erased: nothing was changed.".to_owned();
    }
    let bookings = erased.reservations.join(" ");
    let mut text = format!("Erased. The bookings stay: {bookings}");
    if !erased.others.is_empty() {
        text.push_str(&format!(
            "\nBookings of the same name, phone or e-mail that remain as they are: {}",
            erased.others.join(" ")
        ));
    }
    text
}

fn settings(desk: &Desk, output: &Output, words: &SettingsCmd) -> Result<u8, DeskError> {
    match words {
        SettingsCmd::List => {
            let settings = desk.settings()?;
            Ok(output.print(&json!({ "settings": settings }), || {
                let line = |row: &SettingRow| {
                    let (value, default) = (plain(&row.value), plain(&row.default));
                    let key = row.key;
                    format!("{key:28} {value:12} (default {default})  {}\n", row.meaning)
                };
                settings.iter().map(line).collect()
            }))
        }
        SettingsCmd::Set { key, value } => {
            let row = desk.set_setting(key, value)?;
            Ok(output.done(&json!({ "setting": row }), || {
                format!("{key} is {}.", plain(&row.value))
            }))
        }
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::Bool(true) => "on".to_owned(),
        Value::Bool(false) => "off".to_owned(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
