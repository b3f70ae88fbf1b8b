//! What a sign-in costs: the hash is meant to take its time, but nobody waits for it long.

use std::time::Instant;

use keyrack_desk::door::{Password, Role};
use keyrack_desk::sign_in::SignInRequest;
use keyrack_desk::staff::StaffChange;
use keyrack_desk::{Desk, Options, property_file};
use uuid::Uuid;

use crate::Failure;
use crate::table::{Table, figure, millis, ms, percentile};

const SAMPLES: usize = 20;

/// Measures it.
pub fn measure(table: &mut Table) -> Result<(), Failure> {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("staff.db");
    let new = property_file::read("samples/resort_hotel.toml".as_ref())?;
    let (desk, _) = Desk::create(&Options::new(&file, "bench"), &new, None, Uuid::now_v7())?;
    let password = Password::new("nine green lamps");
    desk.change_staff(&StaffChange::Add {
        name: "Rosa".parse()?,
        role: Role::Admin,
        password: password.clone(),
    })?;
    let request = SignInRequest {
        name: "Rosa".to_owned(),
        password,
    };
    let mut times = Vec::new();
    for _ in 0..SAMPLES {
        let started = Instant::now();
        desk.sign_in(&request, true)?;
        times.push(started.elapsed());
    }
    let half = percentile(&mut times, 0.5);
    figure("sign_in.time", millis(half), "ms");
    table.row("sign-in, Argon2id 64 MiB 3 passes", ms(half));
    Ok(())
}
