//! The commands of the office: papers, files that come and go, backups and jobs.

use std::sync::Arc;
use std::time::{Duration, Instant};

use keyrack_desk::Desk;
use keyrack_desk::backups::{BackupRow, Backups, JobRequest, JobRow, PutBack};
use keyrack_desk::start::ProgressEvent;
use keyrack_desk::trail::Verdict;
use keyrack_desk::transfer::{ExportRequest, Exported, ImportRequest, Imported};
use serde_json::Value;
use tauri::AppHandle;
use tauri::ipc::Channel;

use super::TheHotel;
use crate::failure::Failure;
use crate::files::{self, Printed};
use crate::hotel::{Hotel, blocking};

/// The page is told no oftener than this how far long work is.
const TELL_EVERY: Duration = Duration::from_millis(100);

/// Prints a paper into a file and shows it.
#[tauri::command]
pub async fn print(hotel: TheHotel<'_>, request: Value) -> Result<Printed, Failure> {
    hotel.ask(request, files::print).await
}

/// The folder in which files are suggested.
#[tauri::command]
pub fn documents(app: AppHandle) -> String {
    files::documents(&app).display().to_string()
}

/// Lets the user name a file in the system's dialog.
#[tauri::command]
pub async fn choose_file(
    app: AppHandle,
    wanted: files::Wanted,
    suggested: String,
) -> Result<Option<String>, Failure> {
    blocking(move || Ok(files::choose(&app, wanted, suggested.as_ref()))).await
}

/// Brings in bookings of another system.
#[tauri::command]
pub async fn import_bookings(
    hotel: TheHotel<'_>,
    request: Value,
    hear: Channel<ProgressEvent>,
) -> Result<Imported, Failure> {
    let mut tell = telling("import", &hotel, hear);
    let imports = move |desk: &Desk, request: &ImportRequest| desk.import_asked(request, &mut tell);
    hotel.ask(request, imports).await
}

/// Writes reservations, availability or events into a file.
#[tauri::command]
pub async fn export_rows(
    hotel: TheHotel<'_>,
    request: Value,
    hear: Channel<ProgressEvent>,
) -> Result<Exported, Failure> {
    let mut tell = telling("export", &hotel, hear);
    let exports = move |desk: &Desk, request: &ExportRequest| desk.export_asked(request, &mut tell);
    hotel.ask(request, exports).await
}

/// Checks the whole file.
#[tauri::command]
pub async fn verify(hotel: TheHotel<'_>, hear: Channel<ProgressEvent>) -> Result<Verdict, Failure> {
    let tell = telling("verify", &hotel, hear);
    hotel
        .put(|desk| desk.verify_heard(tell).map(Verdict::from))
        .await
}

/// Stops the `import`, `export`, `verify` or `enrol` that is going on.
#[tauri::command]
#[expect(
    clippy::needless_pass_by_value,
    reason = "a command owns what it is sent"
)]
pub fn stop_work(hotel: TheHotel<'_>, task: String) {
    hotel.stops.stop(&task);
}

/// Tells the page how far work is, and answers whether to go on.
fn telling(
    task: &'static str,
    hotel: &Arc<Hotel>,
    hear: Channel<ProgressEvent>,
) -> impl FnMut(u64, u64) -> bool + Send + 'static {
    let stop = hotel.stops.begin(task);
    let mut told: Option<Instant> = None;
    move |done, total| {
        if told.is_none_or(|told| told.elapsed() >= TELL_EVERY) {
            told = Some(Instant::now());
            let (task, text) = (task.to_owned(), String::new());
            // A page that is gone needs no news.
            let _unheard = hear.send(ProgressEvent {
                task,
                done,
                total,
                text,
            });
        }
        !stop.is_wanted()
    }
}

/// The backups that are there.
#[tauri::command]
pub async fn backups(hotel: TheHotel<'_>) -> Result<Backups, Failure> {
    hotel.put(Desk::backups).await
}

/// Makes a backup now.
#[tauri::command]
pub async fn back_up(hotel: TheHotel<'_>) -> Result<BackupRow, Failure> {
    hotel.put(Desk::back_up_now).await
}

/// Puts a backup in the place of the file's content.
#[tauri::command]
pub async fn restore(hotel: TheHotel<'_>, request: Value) -> Result<PutBack, Failure> {
    hotel.ask(request, Desk::put_back).await
}

/// What waits, runs, failed, or was done in the background.
#[tauri::command]
pub async fn jobs(hotel: TheHotel<'_>) -> Result<Vec<JobRow>, Failure> {
    hotel.put(Desk::job_rows).await
}

/// Does the jobs that are due.
#[tauri::command]
pub async fn run_jobs(hotel: TheHotel<'_>) -> Result<(), Failure> {
    hotel.put(|desk| desk.run_due_jobs().map(drop)).await
}

/// Lets a job that failed too often be tried anew.
#[tauri::command]
pub async fn retry_job(hotel: TheHotel<'_>, request: Value) -> Result<JobRow, Failure> {
    let retries = |desk: &Desk, request: &JobRequest| desk.retry_job(request.id).map(JobRow::from);
    hotel.ask(request, retries).await
}
