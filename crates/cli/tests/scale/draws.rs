//! Draws that are the same on every machine.

/// Steele and Vigna's SplitMix64.
pub(crate) struct Draws(pub(crate) u64);

impl Draws {
    /// A number below `end`, each as likely as any other but for 2⁻⁴⁰.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % u64::try_from(end).unwrap()).unwrap()
    }
}
