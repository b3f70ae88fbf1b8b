//! The commands about the centre: joining it, exchanging with it, and what it answered.

use std::sync::Arc;

use keyrack_desk::Desk;
use keyrack_desk::answers::Answer;
use keyrack_desk::centre::{
    CentreView, DiscardRequest, EnrolRequest, Enrolment, Exchanged, InboxAnswer,
    InboxAnswerRequest, InboxItem, InboxRequest, ParkedRow, Sisters, Walked,
};
use keyrack_desk::start::{OpenState, ProgressEvent};
use serde_json::Value;
use tauri::AppHandle;
use tauri::ipc::Channel;

use super::TheHotel;
use crate::failure::Failure;
use crate::hotel::{Hotel, blocking};
use crate::news;

/// How the desk and its centre stand; nothing where it has none.
#[tauri::command]
pub async fn centre(hotel: TheHotel<'_>) -> Result<Option<CentreView>, Failure> {
    hotel.put(Desk::centre_view).await
}

/// What the centre answered.
#[tauri::command]
pub async fn inbox(hotel: TheHotel<'_>, request: Value) -> Result<Vec<InboxItem>, Failure> {
    let asks = |desk: &Desk, request: &InboxRequest| desk.inbox(request.all);
    hotel.ask(request, asks).await
}

/// A person has dealt with an answer.
#[tauri::command]
pub async fn answer_inbox(hotel: TheHotel<'_>, request: Value) -> Result<InboxAnswer, Failure> {
    let answers = |desk: &Desk, request: &InboxAnswerRequest| desk.answer_inbox(request.id);
    hotel.ask(request, answers).await
}

/// What can be had instead of what the centre declined is taken.
#[tauri::command]
pub async fn take_alternative(hotel: TheHotel<'_>, request: Value) -> Result<Answer, Failure> {
    hotel.ask(request, Desk::take_alternative).await
}

/// A command that the centre could not read is given up.
#[tauri::command]
pub async fn discard_parked(hotel: TheHotel<'_>, request: Value) -> Result<ParkedRow, Failure> {
    let discards =
        |desk: &Desk, request: &DiscardRequest| desk.discard_parked(request.id, &request.reason);
    hotel.ask(request, discards).await
}

/// Where a guest may be walked to.
#[tauri::command]
pub async fn sisters(hotel: TheHotel<'_>, request: Value) -> Result<Sisters, Failure> {
    hotel.ask(request, Desk::sisters).await
}

/// A guest is walked to a sister hotel.
#[tauri::command]
pub async fn walk(hotel: TheHotel<'_>, request: Value) -> Result<Walked, Failure> {
    hotel.ask(request, Desk::walk).await
}

/// Tries the centre now, without waiting for the next turn.
#[tauri::command]
pub async fn try_centre(hotel: TheHotel<'_>) -> Result<Exchanged, Failure> {
    hotel.put(Desk::exchange).await
}

/// Joins the open hotel to a centre.
#[tauri::command]
pub async fn enrol(
    hotel: TheHotel<'_>,
    request: Value,
    hear: Channel<ProgressEvent>,
) -> Result<Enrolment, Failure> {
    let mut tell = telling(&hotel, hear);
    let enrols = move |desk: &Desk, request: &EnrolRequest| desk.enrol_here(request, &mut tell);
    hotel.ask(request, enrols).await
}

/// Joins a hotel that is at a centre already with a new file, and opens that.
#[tauri::command]
pub async fn join_centre(
    app: AppHandle,
    hotel: TheHotel<'_>,
    request: Value,
    hear: Channel<ProgressEvent>,
) -> Result<OpenState, Failure> {
    let hotel = Arc::clone(&hotel);
    let mut tell = telling(&hotel, hear);
    blocking(move || {
        let request: EnrolRequest = keyrack_desk::parse(request)?;
        if let Some(desk) = hotel.join(&request, &mut tell)? {
            news::follow(&app, &desk);
        }
        Ok(hotel.look())
    })
    .await
}

/// Tells the page how many entries have gone up or come down, and answers whether to go on; how many there are nobody
/// knows before.
fn telling(
    hotel: &Arc<Hotel>,
    hear: Channel<ProgressEvent>,
) -> impl FnMut(u64) -> bool + Send + 'static {
    const TASK: &str = "enrol";
    let stop = hotel.stops.begin(TASK);
    move |done| {
        let progress = ProgressEvent {
            task: TASK.to_owned(),
            done,
            total: 0,
            text: String::new(),
        };
        // A page that is gone needs no news.
        drop(hear.send(progress));
        !stop.is_wanted()
    }
}
