//! Chance from a seed: the same seed, the same throws.

/// A generator (splitmix64): small, and the same on every machine.
#[derive(Clone, Debug)]
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        let mut dice = Self(seed);
        // Seeds that lie beside each other begin far apart.
        dice.next();
        dice
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 to one less than `of`; 0 where that is 0.
    pub(crate) fn below(&mut self, of: usize) -> usize {
        let of = of.max(1) as u64;
        usize::try_from(self.next() % of).unwrap_or(0)
    }

    /// A number from one to another, both of them possible.
    pub(crate) fn between(&mut self, low: i32, high: i32) -> i32 {
        let span = usize::try_from(high - low + 1).unwrap_or(1);
        low + i32::try_from(self.below(span)).unwrap_or(0)
    }

    /// True once in `of` throws.
    pub(crate) fn once_in(&mut self, of: usize) -> bool {
        self.below(of) == 0
    }

    pub(crate) fn pick<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        from.get(self.below(from.len()))
    }

    /// One of the things, each by its weight.
    pub(crate) fn weighed<T: Copy>(&mut self, things: &[(usize, T)]) -> Option<T> {
        let sum = things.iter().map(|(weight, _)| weight).sum();
        let mut thrown = self.below(sum);
        for (weight, thing) in things {
            if thrown < *weight {
                return Some(*thing);
            }
            thrown -= weight;
        }
        None
    }
}
