//! What is counted, in the form that Prometheus reads.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use keyrack_inventory::Instant;
use keyrack_wire::Answer;
use prometheus::{
    Encoder, HistogramOpts, HistogramVec, IntCounter, IntCounterVec, IntGauge, IntGaugeVec, Opts,
    Registry, TextEncoder,
};

use crate::clock;
use crate::ledger::Overview;

/// The counts of this process, and how the properties stand.
pub struct Measures {
    registry: Registry,
    requests: IntCounterVec,
    seconds: HistogramVec,
    commands: IntCounterVec,
    connections: IntGaugeVec,
    looks: Looks,
    look_age: IntGauge,
    stands: Stands,
}

/// What is read from the database whenever it is asked for.
struct Stands {
    feed: IntGaugeVec,
    deficit: IntGaugeVec,
    parked: IntGaugeVec,
    desks: IntGaugeVec,
    heard: IntGaugeVec,
    shares: IntGaugeVec,
    compared: IntGaugeVec,
    wrong: IntGaugeVec,
    messages: IntGaugeVec,
}

impl Default for Measures {
    fn default() -> Self {
        Self::new()
    }
}

const MADE: &str = "names of measures are constants, and each is registered once";

fn gauge(registry: &Registry, name: &str, help: &str, labels: &[&str]) -> IntGaugeVec {
    let made = IntGaugeVec::new(Opts::new(name, help), labels).expect(MADE);
    registry.register(Box::new(made.clone())).expect(MADE);
    made
}

fn counter(registry: &Registry, name: &str, help: &str, labels: &[&str]) -> IntCounterVec {
    let made = IntCounterVec::new(Opts::new(name, help), labels).expect(MADE);
    registry.register(Box::new(made.clone())).expect(MADE);
    made
}

/// Looks for what is amiss: how many failed, and when one last went through.
#[derive(Clone)]
pub struct Looks {
    failed: IntCounter,
    last_ms: Arc<AtomicI64>,
}

impl Looks {
    fn new(registry: &Registry) -> Self {
        let (name, help) = (
            "keyrack_alert_looks_failed_total",
            "Looks for what is amiss that failed.",
        );
        let failed = IntCounter::new(name, help).expect(MADE);
        registry.register(Box::new(failed.clone())).expect(MADE);
        // One that has not looked yet has not failed to.
        let last_ms = Arc::new(AtomicI64::new(clock::now().millis()));
        Self { failed, last_ms }
    }

    /// One failed.
    pub fn failed(&self) {
        self.failed.inc();
    }

    /// One went through.
    pub fn done(&self, now: Instant) {
        self.last_ms.store(now.millis(), Ordering::Relaxed);
    }

    /// Seconds since one went through.
    pub fn age(&self, now: Instant) -> i64 {
        (now.millis() - self.last_ms.load(Ordering::Relaxed)).max(0) / 1_000
    }
}

fn look_age(registry: &Registry) -> IntGauge {
    let (name, help) = (
        "keyrack_alert_look_age_seconds",
        "Time since it was last looked for what is amiss.",
    );
    let made = IntGauge::new(name, help).expect(MADE);
    registry.register(Box::new(made.clone())).expect(MADE);
    made
}

impl Stands {
    fn new(of: &Registry) -> Self {
        let one = |name, help| gauge(of, name, help, &["property"]);
        Self {
            feed: one("keyrack_feed_head", "The number of the feed's last entry."),
            deficit: one(
                "keyrack_deficit_room_nights",
                "Room nights promised beyond what there is.",
            ),
            parked: one(
                "keyrack_parked_commands",
                "Commands that desks gave up sending.",
            ),
            compared: one(
                "keyrack_compared_seconds",
                "Time since what is stored was compared with the feed.",
            ),
            wrong: one(
                "keyrack_wrong_checks",
                "Checks that failed when what is stored was last compared with the feed.",
            ),
            messages: gauge(
                of,
                "keyrack_alert_messages_waiting",
                "Messages of alerts that have not arrived.",
                &[],
            ),
            desks: gauge(
                of,
                "keyrack_desks",
                "Desks by how they stand.",
                &["property", "standing"],
            ),
            heard: gauge(
                of,
                "keyrack_desk_silent_seconds",
                "Time since a desk that may come was last heard.",
                &["property", "desk"],
            ),
            shares: gauge(
                of,
                "keyrack_desk_share_room_nights",
                "Room nights that a desk may still sell by itself.",
                &["property", "desk"],
            ),
        }
    }

    fn set(&self, (stands, messages): (&[Overview], Option<u64>), now: Instant) {
        let all = [&self.feed, &self.deficit, &self.parked, &self.desks];
        let others = [
            &self.heard,
            &self.shares,
            &self.compared,
            &self.wrong,
            &self.messages,
        ];
        for gauge in all.into_iter().chain(others) {
            gauge.reset();
        }
        if let Some(messages) = messages {
            let waiting = i64::try_from(messages).unwrap_or(i64::MAX);
            self.messages.with_label_values::<&str>(&[]).set(waiting);
        }
        for one in stands {
            let code = one.code.as_str();
            let of = |gauge: &IntGaugeVec, count: u64| {
                let count = i64::try_from(count).unwrap_or(i64::MAX);
                gauge.with_label_values(&[code]).set(count);
            };
            of(&self.feed, one.feed_head);
            of(&self.deficit, one.deficit);
            of(&self.parked, one.parked);
            let (compared, wrong) = one.verified;
            let since = (now.millis() - compared.millis()).max(0) / 1_000;
            of(&self.compared, since.unsigned_abs());
            of(&self.wrong, wrong);
            for (desk, rights) in &one.desks {
                let standing = desk.standing();
                self.desks.with_label_values(&[code, standing]).inc();
                let labels = [code, desk.letters.as_str()];
                let rights = i64::try_from(*rights).unwrap_or(i64::MAX);
                self.shares.with_label_values(&labels).set(rights);
                if let Some(seen) = desk.seen_at.filter(|_| !desk.is_revoked) {
                    let silent = (now.millis() - seen.millis()).max(0) / 1_000;
                    self.heard.with_label_values(&labels).set(silent);
                }
            }
        }
    }
}

impl Measures {
    /// Nothing is counted yet.
    pub fn new() -> Self {
        let registry = Registry::new();
        let seconds = HistogramOpts::new("keyrack_request_seconds", "How long requests took.");
        let seconds = HistogramVec::new(seconds, &["route"]).expect(MADE);
        registry.register(Box::new(seconds.clone())).expect(MADE);
        Self {
            requests: counter(
                &registry,
                "keyrack_requests_total",
                "Requests by route and status.",
                &["route", "status"],
            ),
            commands: counter(
                &registry,
                "keyrack_commands_total",
                "Commands of desks by what became of them.",
                &["answer"],
            ),
            looks: Looks::new(&registry),
            look_age: look_age(&registry),
            connections: gauge(
                &registry,
                "keyrack_database_connections",
                "Connections to the database.",
                &["state"],
            ),
            stands: Stands::new(&registry),
            seconds,
            registry,
        }
    }

    /// A request was answered.
    pub fn request(&self, route: &str, status: u16, seconds: f64) {
        self.requests
            .with_label_values(&[route, &status.to_string()])
            .inc();
        self.seconds.with_label_values(&[route]).observe(seconds);
    }

    /// Looks for what is amiss.
    pub fn looks(&self) -> Looks {
        self.looks.clone()
    }

    /// A command was answered.
    pub fn command(&self, answer: &Answer) {
        let word = match answer {
            Answer::Applied { .. } => "applied",
            Answer::Kept { .. } => "kept",
            Answer::Refused { .. } => "refused",
            Answer::Parked { .. } => "parked",
        };
        self.commands.with_label_values(&[word]).inc();
    }

    /// Everything as text; connections are in use, and there may be so many.
    pub fn text(
        &self,
        (in_use, most): (usize, usize),
        stands: (&[Overview], Option<u64>),
        now: Instant,
    ) -> Vec<u8> {
        self.stands.set(stands, now);
        self.look_age.set(self.looks.age(now));
        let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        self.connections
            .with_label_values(&["in_use"])
            .set(number(in_use));
        self.connections
            .with_label_values(&["most"])
            .set(number(most));
        let mut text = Vec::new();
        let encoded = TextEncoder::new().encode(&self.registry.gather(), &mut text);
        if let Err(error) = encoded {
            tracing::error!(%error, "measures cannot be written");
        }
        text
    }
}
