//! How large the shares should be. It decides nothing about safety: any answer within what is
//! grantable is safe, and this one may be replaced.

use super::right::Holder;

/// The most that one desk keeps of a type on a night. What it sells is topped up at every exchange.
const MOST: u32 = 10;

/// A desk that may hold rights of a type on a night.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Claim {
    /// Who.
    pub holder: Holder,
    /// Rooms of the type that it sold lately.
    pub sales: u32,
}

/// How many rooms each desk should hold, in the order of the claims. `rooms` is all that could be
/// divided: what the pool may grant and what the desks hold now, unused.
///
/// The centre keeps a part for whoever asks: half of a night of the next two weeks, three quarters
/// of one within three months, seven eighths beyond. The rest goes to the desks by what they sell, and each
/// desk has a room as long as that leaves half of the night to whoever asks. The last room of a night is not
/// divided: it belongs to the desk that sells most.
pub fn targets(rooms: u32, nights_ahead: u32, claims: &[Claim]) -> Vec<u32> {
    let divisor = match nights_ahead {
        0..=14 => 2,
        15..=90 => 4,
        _ => 8,
    };
    let mut given = (rooms / divisor).max(rooms.min(1));
    let each = u32::try_from(claims.len()).unwrap_or(u32::MAX);
    let has_each = rooms / 2 >= each;
    if has_each {
        given = given.max(each);
    }
    let by_sales = if has_each { given - each } else { given };
    let mut order: Vec<usize> = (0..claims.len()).collect();
    order.sort_by_key(|at| (std::cmp::Reverse(claims[*at].sales), claims[*at].holder));
    let weights: u64 = claims.iter().map(|claim| u64::from(claim.sales) + 1).sum();
    let mut targets: Vec<u32> = claims
        .iter()
        .map(|claim| {
            let part = u64::from(by_sales) * (u64::from(claim.sales) + 1) / weights;
            u32::try_from(part).unwrap_or(MOST) + u32::from(has_each)
        })
        .collect();
    let rest = given.saturating_sub(targets.iter().sum());
    for at in order.into_iter().take(rest as usize) {
        targets[at] += 1;
    }
    for target in &mut targets {
        *target = (*target).min(MOST);
    }
    targets
}
