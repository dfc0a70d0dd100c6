//! Numbers without order that are the same on every machine.

/// A stream of numbers from a seed (splitmix64).
///
/// ```
/// use zeren::synth::Dice;
///
/// let throws = |seed| { let mut dice = Dice::new(seed); [dice.below(6), dice.below(6), dice.below(6)] };
/// assert_eq!(throws(1), throws(1));
/// ```
#[derive(Clone, Debug)]
pub struct Dice(u64);

impl Dice {
    /// The stream of a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The stream of a thing within a seed, which does not depend on how many numbers others took.
    pub fn of(seed: u64, path: &[u64]) -> Self {
        let mut state = Self(seed);
        for step in path {
            state = Self(state.draw() ^ step.wrapping_mul(0xd6e8_feb8_6659_fd93));
        }
        state
    }

    /// The next number.
    fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below a limit; 0 where that is 0.
    pub fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.draw() % u64::try_from(limit.max(1)).unwrap_or(u64::MAX)).unwrap_or(0)
    }

    /// A number from the least to the most, both inclusive.
    pub fn between(&mut self, least: i64, most: i64) -> i64 {
        let width = u64::try_from(most - least).map_or(1, |width| width + 1);
        least + i64::try_from(self.draw() % width).unwrap_or(0)
    }

    /// Whether a thing happens that does so in so many cases of a hundred.
    pub fn percent(&mut self, share: u64) -> bool {
        self.draw() % 100 < share
    }

    /// One of a list; none of an empty one.
    pub fn pick<'a, T>(&mut self, list: &'a [T]) -> Option<&'a T> {
        let index = self.below(list.len());
        list.get(index)
    }

    /// One of a list of words; nothing of an empty one.
    pub fn words<'a, T: AsRef<str>>(&mut self, list: &'a [T]) -> &'a str {
        self.pick(list).map_or("", AsRef::as_ref)
    }

    /// Puts a list into another order.
    pub fn shuffle<T>(&mut self, list: &mut [T]) {
        for last in (1..list.len()).rev() {
            let other = self.below(last + 1);
            list.swap(last, other);
        }
    }
}
