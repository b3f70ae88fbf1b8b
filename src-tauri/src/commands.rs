//! The commands of the window, one line each. No rule lives here.

use std::sync::Arc;
use std::time::Instant;

use keyrack_desk::answers::{
    AllotmentCard, AllotmentRow, Answer, CellPanel, Changes, Charts, DaySheet, DueItems,
    PropertyInfo, ReservationCard, SheetRow, WaitingRow,
};
use keyrack_desk::api::{
    AlertRequest, AlertsRequest, AllotmentRequest, AllotmentsRequest, CellAtRequest, CellRequest,
    DueRequest, EndOfDayRequest,
};
use keyrack_desk::day::{DayEnded, Ending};
use keyrack_desk::settings::{SettingRequest, SettingRow};
use keyrack_desk::sign_in::{LockState, SignInRequest};
use keyrack_desk::staff::{RoleRow, StaffRow};
use keyrack_desk::start::OpenState;
use keyrack_desk::trail::AuditRow;
use keyrack_desk::{AlertRow, Desk, Health};
use keyrack_words::Language;
use serde_json::Value;
use tauri::ipc::Response;
use tauri::{AppHandle, State, WebviewWindow};

use crate::failure::Failure;
use crate::hotel::{Hotel, blocking};
use crate::{news, opening, sample};

mod centre;
mod office;

// The macros that register commands look for them here.
pub(crate) use centre::*;
pub(crate) use office::*;

/// The bounds of the window's zoom.
const LEAST_ZOOM: f64 = 1.0;
const MOST_ZOOM: f64 = 2.0;

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

/// The figures behind the pictures.
#[tauri::command]
pub async fn charts(hotel: TheHotel<'_>, request: Value) -> Result<Charts, Failure> {
    hotel.ask(request, Desk::charts).await
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

/// Groups: open ones, or all of them.
#[tauri::command]
pub async fn allotments(hotel: TheHotel<'_>, request: Value) -> Result<Vec<AllotmentRow>, Failure> {
    let asks = |desk: &Desk, request: &AllotmentsRequest| desk.allotments(request.all);
    hotel.ask(request, asks).await
}

/// A group, whole.
#[tauri::command]
pub async fn allotment(hotel: TheHotel<'_>, request: Value) -> Result<AllotmentCard, Failure> {
    let asks = |desk: &Desk, request: &AllotmentRequest| desk.allotment(&request.id);
    hotel.ask(request, asks).await
}

/// Who waits for a room.
#[tauri::command]
pub async fn waitlist(hotel: TheHotel<'_>) -> Result<Vec<WaitingRow>, Failure> {
    hotel.put(Desk::waitlist).await
}

/// What must be decided before the business date can end.
#[tauri::command]
pub async fn due(hotel: TheHotel<'_>, request: Value) -> Result<DueItems, Failure> {
    let asks = |desk: &Desk, request: &DueRequest| {
        desk.due(&Ending {
            decisions: request.decisions.clone(),
            ..Ending::default()
        })
    };
    hotel.ask(request, asks).await
}

/// Ends the business date.
#[tauri::command]
pub async fn end_of_day(hotel: TheHotel<'_>, request: Value) -> Result<DayEnded, Failure> {
    let ends = |desk: &Desk, request: &EndOfDayRequest| {
        desk.end_of_day(&Ending {
            decisions: request.decisions.clone(),
            command_id: Some(request.command_id),
            early: request.override_reason.clone(),
            without: Vec::new(),
        })
    };
    hotel.ask(request, ends).await
}

/// The one door through which every command goes.
#[tauri::command]
pub async fn execute(hotel: TheHotel<'_>, request: Value) -> Result<Answer, Failure> {
    hotel.ask(request, Desk::execute).await
}

/// Who is signed in, and whether the desk is locked.
#[tauri::command]
pub async fn lock_state(hotel: TheHotel<'_>) -> Result<LockState, Failure> {
    hotel.put(Desk::lock_state).await
}

/// Signs in; the page never sees the token.
#[tauri::command]
pub async fn sign_in(hotel: TheHotel<'_>, request: Value) -> Result<LockState, Failure> {
    let signs_in = |desk: &Desk, request: &SignInRequest| {
        desk.sign_in(request, true)?;
        desk.lock_state()
    };
    hotel.ask(request, signs_in).await
}

/// Signs out.
#[tauri::command]
pub async fn sign_out(hotel: TheHotel<'_>) -> Result<(), Failure> {
    hotel.put(Desk::sign_out).await
}

/// Locks the desk at once.
#[tauri::command]
pub async fn lock(hotel: TheHotel<'_>) -> Result<(), Failure> {
    let locks = |desk: &Desk| {
        desk.lock();
        Ok(())
    };
    hotel.put(locks).await
}

/// A person touches the desk, so that it does not lock for a while.
#[tauri::command]
pub async fn touch(hotel: TheHotel<'_>) -> Result<(), Failure> {
    hotel.put(Desk::touch).await
}

/// Everybody who works here, or did.
#[tauri::command]
pub async fn staff(hotel: TheHotel<'_>) -> Result<Vec<StaffRow>, Failure> {
    hotel.put(Desk::staff).await
}

/// Somebody added, disabled, given another role or password.
#[tauri::command]
pub async fn change_staff(hotel: TheHotel<'_>, request: Value) -> Result<StaffRow, Failure> {
    hotel.ask(request, Desk::change_staff).await
}

/// What each role may do.
#[tauri::command]
pub async fn roles(hotel: TheHotel<'_>) -> Result<Vec<RoleRow>, Failure> {
    hotel.put(Desk::roles).await
}

/// Sets what a role may do.
#[tauri::command]
pub async fn set_role(hotel: TheHotel<'_>, request: Value) -> Result<RoleRow, Failure> {
    hotel.ask(request, Desk::set_role).await
}

/// What the hotel set.
#[tauri::command]
pub async fn settings(hotel: TheHotel<'_>) -> Result<Vec<SettingRow>, Failure> {
    hotel.put(Desk::settings).await
}

/// Sets a setting.
#[tauri::command]
pub async fn set_setting(hotel: TheHotel<'_>, request: Value) -> Result<SettingRow, Failure> {
    let sets =
        |desk: &Desk, request: &SettingRequest| desk.set_setting(&request.key, &request.value);
    hotel.ask(request, sets).await
}

/// Alerts: open ones, or closed ones as well.
#[tauri::command]
pub async fn alerts(hotel: TheHotel<'_>, request: Value) -> Result<Vec<AlertRow>, Failure> {
    let asks = |desk: &Desk, request: &AlertsRequest| desk.alerts(request.all);
    hotel.ask(request, asks).await
}

/// Notes that somebody has seen an alert.
#[tauri::command]
pub async fn acknowledge_alert(hotel: TheHotel<'_>, request: Value) -> Result<AlertRow, Failure> {
    let sees = |desk: &Desk, request: &AlertRequest| desk.acknowledge(request.id);
    hotel.ask(request, sees).await
}

/// How the desk fares.
#[tauri::command]
pub async fn health(hotel: TheHotel<'_>) -> Result<Health, Failure> {
    hotel.put(Desk::health).await
}

/// A page of the audit trail, the newest first.
#[tauri::command]
pub async fn audit(hotel: TheHotel<'_>, request: Value) -> Result<Vec<AuditRow>, Failure> {
    hotel.ask(request, Desk::audit_page).await
}

/// A cell as it was at an instant.
#[tauri::command]
pub async fn cell_at(hotel: TheHotel<'_>, request: Value) -> Result<CellPanel, Failure> {
    let asks = |desk: &Desk, request: &CellAtRequest| {
        let CellAtRequest {
            room_type,
            night,
            at,
        } = *request;
        desk.cell_at(&CellRequest { room_type, night }, at)
    };
    hotel.ask(request, asks).await
}

/// The languages of the system, the most wanted first: `de-AT`, `en-GB`.
///
/// The webview knows only those whose locale is installed, so the system itself is asked.
#[tauri::command]
pub fn languages() -> Vec<String> {
    sys_locale::get_locales().collect()
}

/// Everything in the window is drawn so many times its size.
///
/// The webview does it, so that the page is laid out as in a smaller window.
#[tauri::command]
pub fn set_zoom(window: WebviewWindow, factor: f64) -> Result<(), Failure> {
    let factor = factor.clamp(LEAST_ZOOM, MOST_ZOOM);
    window.set_zoom(factor).map_err(Failure::window)
}

/// Sentences come in the language of the page from now on.
#[tauri::command]
pub fn speak(language: Language) {
    keyrack_words::speak(language);
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
