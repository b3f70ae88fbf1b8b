//! What is counted, in the form that Prometheus reads.

use keyrack_wire::Answer;
use prometheus::{
    Encoder, HistogramOpts, HistogramVec, IntCounterVec, IntGaugeVec, Opts, Registry, TextEncoder,
};

/// The counts of this process.
pub struct Measures {
    registry: Registry,
    requests: IntCounterVec,
    seconds: HistogramVec,
    commands: IntCounterVec,
    connections: IntGaugeVec,
}

impl Default for Measures {
    fn default() -> Self {
        Self::new()
    }
}

impl Measures {
    /// Nothing is counted yet.
    pub fn new() -> Self {
        let made = "names of measures are constants, and each is registered once";
        let registry = Registry::new();
        let requests = Opts::new("keyrack_requests_total", "Requests by route and status.");
        let requests = IntCounterVec::new(requests, &["route", "status"]).expect(made);
        let seconds = HistogramOpts::new("keyrack_request_seconds", "How long requests took.");
        let seconds = HistogramVec::new(seconds, &["route"]).expect(made);
        let commands = Opts::new(
            "keyrack_commands_total",
            "Commands of desks by what became of them.",
        );
        let commands = IntCounterVec::new(commands, &["answer"]).expect(made);
        let connections = Opts::new(
            "keyrack_database_connections",
            "Connections to the database.",
        );
        let connections = IntGaugeVec::new(connections, &["state"]).expect(made);
        registry.register(Box::new(requests.clone())).expect(made);
        registry.register(Box::new(seconds.clone())).expect(made);
        registry.register(Box::new(commands.clone())).expect(made);
        registry
            .register(Box::new(connections.clone()))
            .expect(made);
        Self {
            registry,
            requests,
            seconds,
            commands,
            connections,
        }
    }

    /// A request was answered.
    pub fn request(&self, route: &str, status: u16, seconds: f64) {
        self.requests
            .with_label_values(&[route, &status.to_string()])
            .inc();
        self.seconds.with_label_values(&[route]).observe(seconds);
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
    pub fn text(&self, (in_use, most): (usize, usize)) -> Vec<u8> {
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
