//! Pokes: whoever waits is told the number of the feed's head whenever it moves, in whichever process.

use std::collections::HashMap;
use std::future::poll_fn;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::sse::{Event, Sse};
use futures_util::stream::{self, Stream};
use tokio::sync::watch;
use tokio_postgres::{AsyncMessage, NoTls};

use super::App;
use super::answer::Failed;
use super::sync::admitted;
use crate::error::CentralError;
use crate::ledger::{DeskRow, Ledger};

/// After so long the head is told again, so that a dead connection is noticed.
const HEARTBEAT: Duration = Duration::from_secs(10);
/// How long to wait before the database is asked again.
const AGAIN: Duration = Duration::from_secs(1);

/// The heads that somebody waits for, by property.
#[derive(Default)]
pub struct Pokes(Mutex<HashMap<i32, watch::Sender<u64>>>);

impl Pokes {
    fn wait_for(&self, property: i32, head: u64) -> watch::Receiver<u64> {
        let mut heads = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let sender = heads
            .entry(property)
            .or_insert_with(|| watch::Sender::new(head));
        sender.send_if_modified(|known| std::mem::replace(known, head.max(*known)) < head);
        sender.subscribe()
    }

    fn moved(&self, property: i32, head: u64) {
        let mut heads = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(sender) = heads.get(&property) {
            sender.send_replace(head);
            if sender.is_closed() {
                heads.remove(&property);
            }
        }
    }

    fn waited_for(&self) -> Vec<i32> {
        let heads = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        heads.keys().copied().collect()
    }
}

/// The head of the feed, at once and whenever it moves, for as long as the desk is let in.
pub async fn poke(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
) -> Result<Sse<impl Stream<Item = Result<Event, std::convert::Infallible>>>, Failed> {
    let desk = admitted(&app, &headers).await?;
    let head = head(&app.ledger, desk.property).await?;
    let mut heads = app.pokes.wait_for(desk.property, head);
    heads.mark_changed();
    let line = Line {
        app,
        desk,
        heads,
        looked: Instant::now(),
    };
    let told = stream::unfold(line, |mut line| async move {
        let moved = tokio::time::timeout(HEARTBEAT, line.heads.changed()).await;
        if matches!(moved, Ok(Err(_))) || !line.is_let_in().await {
            return None;
        }
        let head = *line.heads.borrow_and_update();
        Some((
            Ok(Event::default().event("head").data(head.to_string())),
            line,
        ))
    });
    Ok(Sse::new(told))
}

/// A line on which somebody waits.
struct Line {
    app: Arc<App>,
    desk: DeskRow,
    heads: watch::Receiver<u64>,
    /// When it was last looked whether the desk is still let in.
    looked: Instant,
}

impl Line {
    /// Whether the desk is still let in: one that is revoked meanwhile is told nothing after the next heartbeat.
    async fn is_let_in(&mut self) -> bool {
        if self.looked.elapsed() < HEARTBEAT {
            return true;
        }
        self.looked = Instant::now();
        // Its token may have been followed by another one since the line was made.
        !matches!(self.is_revoked().await, Ok(true))
    }

    async fn is_revoked(&self) -> Result<bool, CentralError> {
        let mut session = self.app.ledger.session().await?;
        let tx = session.snapshot().await?;
        let desk = tx.desk(self.desk.property, self.desk.holder.desk).await?;
        Ok(desk.is_revoked)
    }
}

async fn head(ledger: &Ledger, property: i32) -> Result<u64, CentralError> {
    let mut session = ledger.session().await?;
    let tx = session.snapshot().await?;
    Ok(tx.property(property).await?.feed_head)
}

/// Hears what the database says of every process's commits, on a connection of its own, for ever.
pub async fn hear(app: Arc<App>) {
    loop {
        if let Err(error) = listen(&app).await {
            tracing::warn!(%error, "the database is not heard; desks poll meanwhile");
        }
        tokio::time::sleep(AGAIN).await;
    }
}

async fn listen(app: &App) -> Result<(), CentralError> {
    let (client, mut connection) = app.ledger.direct().connect(NoTls).await?;
    let heard = async {
        while let Some(message) = poll_fn(|context| connection.poll_message(context)).await {
            if let AsyncMessage::Notification(said) = message? {
                let numbers = said.payload().split_once(' ');
                let parsed = numbers.map(|(property, head)| (property.parse(), head.parse()));
                if let Some((Ok(property), Ok(head))) = parsed {
                    app.pokes.moved(property, head);
                }
            }
        }
        Ok::<(), CentralError>(())
    };
    let asked = async {
        client.batch_execute("LISTEN keyrack_feed").await?;
        // What moved while nobody listened.
        for property in app.pokes.waited_for() {
            let head = head(&app.ledger, property).await?;
            app.pokes.moved(property, head);
        }
        // The connection ends when its client does, so the client is kept.
        std::future::pending::<Result<(), CentralError>>().await
    };
    tokio::select! {
        ended = heard => ended,
        failed = asked => failed,
    }
}
