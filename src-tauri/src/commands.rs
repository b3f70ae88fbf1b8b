//! The commands of the window, one line each. No rule lives here.

use std::sync::Arc;
use std::time::Instant;

use keyrack_desk::Desk;
use keyrack_desk::answers::{
    Answer, CellPanel, Changes, DaySheet, PropertyInfo, ReservationCard, SheetRow,
};
use keyrack_desk::start::OpenState;
use serde_json::Value;
use tauri::ipc::Response;
use tauri::{AppHandle, State};

use crate::failure::Failure;
use crate::hotel::{Hotel, blocking};
use crate::{news, opening, sample};

type TheHotel<'a> = State<'a, Arc<Hotel>>;

/// When the process began, for the one figure that the shell itself knows.
pub struct Started(pub Instant);

/// How far the hotel is opened. After a failure it tries once more.
#[tauri::command]
pub async fn open_state(app: AppHandle, hotel: TheHotel<'_>) -> Result<OpenState, Failure> {
    let hotel = Arc::clone(&hotel);
    blocking(move || {
        if hotel.told_failure() {
            opening::open_wanted(&app, &hotel);
        }
        Ok(hotel.look())
    })
    .await
}

/// Opens the sample hotel, and builds it first where it is missing.
#[tauri::command]
pub async fn open_sample(app: AppHandle, hotel: TheHotel<'_>) -> Result<OpenState, Failure> {
    let hotel = Arc::clone(&hotel);
    blocking(move || Ok(sample::open(&app, &hotel))).await
}

/// Makes a hotel of one's own and opens it.
#[tauri::command]
pub async fn create_property(
    app: AppHandle,
    hotel: TheHotel<'_>,
    request: Value,
) -> Result<Answer, Failure> {
    let hotel = Arc::clone(&hotel);
    blocking(move || {
        let (desk, answer) = hotel.create(&keyrack_desk::parse(request)?)?;
        news::follow(&app, &desk);
        Ok(answer)
    })
    .await
}

/// The hotel and its room types.
#[tauri::command]
pub async fn property(hotel: TheHotel<'_>) -> Result<PropertyInfo, Failure> {
    let hotel = Arc::clone(&hotel);
    blocking(move || hotel.property()).await
}

/// The counts of every room type over a range of nights, as bytes.
#[tauri::command]
pub async fn grid(hotel: TheHotel<'_>, request: Value) -> Result<Response, Failure> {
    hotel.ask(request, Desk::grid).await.map(Response::new)
}

/// What changed since an event.
#[tauri::command]
pub async fn changes(hotel: TheHotel<'_>, request: Value) -> Result<Changes, Failure> {
    hotel.ask(request, Desk::changes).await
}

/// A cell, down to what makes each of its counts.
#[tauri::command]
pub async fn cell(hotel: TheHotel<'_>, request: Value) -> Result<CellPanel, Failure> {
    hotel.ask(request, Desk::cell).await
}

/// Who comes, goes and stays on a day, and what is held or out of order.
#[tauri::command]
pub async fn day_sheet(hotel: TheHotel<'_>, request: Value) -> Result<DaySheet, Failure> {
    hotel.ask(request, Desk::day_sheet).await
}

/// A reservation, whole.
#[tauri::command]
pub async fn reservation(hotel: TheHotel<'_>, request: Value) -> Result<ReservationCard, Failure> {
    hotel.ask(request, Desk::reservation).await
}

/// Reservations by part of a guest's name, or a number.
#[tauri::command]
pub async fn find_reservations(
    hotel: TheHotel<'_>,
    request: Value,
) -> Result<Vec<SheetRow>, Failure> {
    hotel.ask(request, Desk::find_reservations).await
}

/// The one door through which every command goes.
#[tauri::command]
pub async fn execute(hotel: TheHotel<'_>, request: Value) -> Result<Answer, Failure> {
    hotel.ask(request, Desk::execute).await
}

/// The page says that the calendar is on the screen for the first time.
///
/// Scripts that have no eyes, `make run` without a display for one, wait for the line this prints.
#[tauri::command]
pub fn painted(started: State<'_, Started>) {
    println!(
        "keyrack: painted after {} ms",
        started.0.elapsed().as_millis()
    );
}
