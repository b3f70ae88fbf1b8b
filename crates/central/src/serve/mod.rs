//! HTTP: the exchange with desks, and what an operator asks of a server.

mod admin;
mod answer;
mod health;
mod limits;
mod listen;
mod measures;
mod packed;
mod poke;
mod read;
mod sisters;
mod sync;
mod tls;
mod walks;
mod watch;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::http::StatusCode;
use axum::middleware;
use axum::routing::{get, post};
use keyrack_wire::Fingerprint;
use tokio::net::TcpListener;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::timeout::TimeoutLayer;

pub use limits::Limits;
pub use measures::{Looks, Measures};
pub use poke::Pokes;

use crate::config::Config;
use crate::error::CentralError;
use crate::ledger::Ledger;
use crate::{alerts, reconcile, walk};

/// How long a request may take; taking in a history may take longer.
const REQUEST: Duration = Duration::from_secs(60);
const GENESIS: Duration = Duration::from_secs(660);

/// What every request needs.
pub struct App {
    /// The database.
    pub ledger: Ledger,
    /// A replica of it, from which the whole chain is read where there is one.
    pub replica: Option<Ledger>,
    /// What is counted.
    pub measures: Measures,
    /// Who waits for the feed to move.
    pub pokes: Pokes,
    /// Who has asked how much of late.
    pub limits: Limits,
    /// By what desks know the centre's own authority, where it has one.
    pub fingerprint: Option<Fingerprint>,
    /// The hash of the administrator's token, where the page is on.
    pub admin: Option<[u8; 32]>,
    /// Who is told of alerts.
    receivers: Vec<String>,
}

/// The routes.
pub fn router(app: Arc<App>) -> Router {
    let limit = |time| TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, time);
    let sync = Router::new()
        .route("/v1/sync/enrol", post(sync::enrol))
        .route("/v1/sync/push", post(sync::push))
        .route("/v1/sync/pull", post(sync::pull))
        .route("/v1/sync/check", post(sync::check))
        .route("/v1/sync/snapshot", post(sync::snapshot))
        .route("/v1/sync/token", post(sync::token))
        .route("/v1/sync/poke", get(poke::poke))
        .layer(limit(REQUEST));
    let genesis = Router::new()
        .route("/v1/sync/genesis", post(sync::genesis))
        .layer(limit(GENESIS));
    let lists = Router::new()
        .route(
            "/v1/properties/{code}/availability",
            get(read::availability),
        )
        .route(
            "/v1/properties/{code}/reservations",
            get(read::reservations),
        )
        .route("/v1/properties/{code}/holds", get(read::holds))
        .route("/v1/properties/{code}/allotments", get(read::allotments))
        .route("/v1/properties/{code}/events", get(read::events))
        .route("/v1/properties/{code}/audit", get(read::audit))
        .route("/v1/chain/availability", get(read::chain_availability))
        .route("/v1/openapi.json", get(read::openapi))
        .layer(limit(REQUEST));
    let walks = Router::new()
        .route("/v1/properties/{code}/walks", post(walks::begin))
        .route("/v1/properties/{code}/walks/{id}", get(walks::shown))
        .route("/v1/properties/{code}/sisters", get(sisters::sisters))
        .layer(limit(REQUEST));
    let operator = Router::new()
        .route("/health", get(health::health))
        .route("/ready", get(health::ready))
        .route("/metrics", get(health::metrics))
        .layer(limit(REQUEST));
    let pages = Router::new()
        .route("/admin", get(admin::page))
        .route("/admin/page.js", get(admin::script))
        .route("/admin/chain.js", get(admin::chain_script))
        .route("/admin/page.css", get(admin::style));
    let admin = Router::new()
        .route("/admin/api/properties", get(admin::properties))
        .route("/admin/api/property", post(admin::add))
        .route("/admin/api/code", post(admin::code))
        .route("/admin/api/desk", post(admin::desk))
        .layer(middleware::from_fn_with_state(
            Arc::clone(&app),
            admin::gate,
        ))
        .layer(limit(REQUEST));
    sync.merge(genesis)
        .merge(operator)
        .merge(pages)
        .merge(admin)
        .merge(lists)
        .merge(walks)
        .fallback(answer::nothing_here)
        .method_not_allowed_fallback(answer::not_so)
        .layer(CatchPanicLayer::new())
        .layer(middleware::from_fn_with_state(
            Arc::clone(&app),
            limits::limit,
        ))
        .layer(middleware::from_fn_with_state(
            Arc::clone(&app),
            watch::watch,
        ))
        .with_state(app)
}

/// Brings the schema up and answers requests until the process is told to stop.
///
/// # Errors
/// Where the database cannot be reached, the port is taken, or a certificate cannot be used.
pub async fn serve(config: &Config) -> Result<(), CentralError> {
    let ledger = config.ledger()?;
    let steps = ledger.session().await?.migrate().await?;
    tracing::info!(steps, "the schema is up to date");
    let tls = tls::acceptor(&config.tls)?;
    let app = Arc::new(App {
        pokes: Pokes::default(),
        measures: Measures::new(),
        limits: Limits::new(config.desk_requests, config.address_requests),
        fingerprint: config.fingerprint()?,
        receivers: config.targets.names(),
        admin: config.admin_token.as_deref().map(crate::secret::hash),
        replica: config.replica()?,
        ledger,
    });
    tokio::spawn(poke::hear(Arc::clone(&app)));
    tokio::spawn(limits::forget(Arc::clone(&app)));
    if config.verify_hours > 0 {
        let ledger = app.ledger.clone();
        tokio::spawn(reconcile::forever(ledger, config.verify_hours));
    }
    tokio::spawn(alerts::forever(
        app.ledger.clone(),
        config.targets.clone(),
        config.bounds(),
        config.alert_seconds,
        app.measures.looks(),
    ));
    tokio::spawn(walk::forever(app.ledger.clone()));
    let what = format!("listening on {}", config.listen);
    let listener = TcpListener::bind(config.listen)
        .await
        .map_err(CentralError::io(what))?;
    let address = listener
        .local_addr()
        .map_err(CentralError::io("the port"))?;
    tracing::info!(%address, encrypted = tls.is_some(), "listening");
    listen::until_told_to_stop(listener, tls, router(app)).await;
    tracing::info!("stopped");
    Ok(())
}
