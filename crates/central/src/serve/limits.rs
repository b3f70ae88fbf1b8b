//! How much may be asked: by each desk that was let in, and by each address of everybody else, before the database is
//! asked anything.

use std::collections::HashSet;
use std::net::{IpAddr, Ipv6Addr};
use std::num::NonZeroU32;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use axum::Json;
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use governor::clock::{Clock, DefaultClock};
use governor::state::keyed::HashMapStateStore;
use governor::{Quota, RateLimiter};
use keyrack_wire::Fault;

use super::App;
use super::sync::bearer;
use crate::secret;

/// What was not asked in so many seconds may be asked at once.
const SAVED_SECONDS: NonZeroU32 = NonZeroU32::new(5).expect("5 is not 0");
/// How often those are forgotten who have not asked for a while.
const FORGET: Duration = Duration::from_secs(60);
/// An address of a network of this length is one caller: it may be handed out whole to one.
const NETWORK_BITS: u32 = 64;

type Keyed<K> = RateLimiter<K, HashMapStateStore<K>, DefaultClock>;
/// The hash of a token.
type Token = [u8; 32];

/// The address from which a connection came.
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub IpAddr);

/// Who has asked how much of late.
pub struct Limits {
    clock: DefaultClock,
    /// Those that were let in, who are counted as themselves wherever they ask from.
    known: RwLock<HashSet<Token>>,
    desks: Keyed<Token>,
    addresses: Keyed<IpAddr>,
}

impl Limits {
    /// So many requests a second of each desk, and of each address.
    pub fn new(desk: NonZeroU32, address: NonZeroU32) -> Self {
        let quota = |second: NonZeroU32| {
            Quota::per_second(second).allow_burst(second.saturating_mul(SAVED_SECONDS))
        };
        Self {
            clock: DefaultClock::default(),
            known: RwLock::default(),
            desks: RateLimiter::hashmap(quota(desk)),
            addresses: RateLimiter::hashmap(quota(address)),
        }
    }

    /// A desk was let in with this token, or is let in no more.
    pub fn note(&self, token: Token, is_let_in: bool) {
        if self.knows(&token) == is_let_in {
            return;
        }
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        match is_let_in {
            true => known.insert(token),
            false => known.remove(&token),
        };
    }

    fn knows(&self, token: &Token) -> bool {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        known.contains(token)
    }

    /// Counts a request; gives how long to wait where there were too many.
    fn count(&self, token: Option<Token>, peer: IpAddr) -> Result<(), Duration> {
        let asked = match token.filter(|token| self.knows(token)) {
            Some(token) => self.desks.check_key(&token),
            None => self.addresses.check_key(&caller(peer)),
        };
        asked.map_err(|until| until.wait_time_from(self.clock.now()))
    }
}

/// What an address is counted as.
fn caller(peer: IpAddr) -> IpAddr {
    match peer.to_canonical() {
        IpAddr::V6(address) => {
            let network = u128::from(address) & !(u128::MAX >> NETWORK_BITS);
            IpAddr::V6(Ipv6Addr::from(network))
        }
        address => address,
    }
}

/// Turns away who asks too much.
pub async fn limit(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let token = bearer(request.headers()).map(secret::hash);
    let peer = request.extensions().get::<Peer>().map(|peer| peer.0);
    let counted = peer.map_or(Ok(()), |peer| app.limits.count(token, peer));
    match counted {
        Ok(()) => next.run(request).await,
        Err(wait) => {
            let seconds = wait.as_secs() + 1;
            let headers = [(header::RETRY_AFTER, seconds.to_string())];
            let body = Json(Fault::Busy {});
            (StatusCode::TOO_MANY_REQUESTS, headers, body).into_response()
        }
    }
}

/// Forgets from time to time who has not asked for a while.
pub async fn forget(app: Arc<App>) {
    loop {
        tokio::time::sleep(FORGET).await;
        app.limits.desks.retain_recent();
        app.limits.addresses.retain_recent();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_network_is_one_caller() {
        let of = |text: &str| caller(text.parse().unwrap());
        assert_eq!(of("2001:db8:1:2::7"), of("2001:db8:1:2:ffff::1"));
        assert_ne!(of("2001:db8:1:2::7"), of("2001:db8:1:3::7"));
        assert_eq!(of("::ffff:192.0.2.1"), of("192.0.2.1"));
        assert_ne!(of("192.0.2.1"), of("192.0.2.2"));
    }
}
