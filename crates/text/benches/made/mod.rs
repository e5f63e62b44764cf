//! Text of words that are made up, for the benches of all crates: the same on every machine.

/// Words that there are, and characters that they are made of.
const WORDS: usize = 20_000;
const CHARACTERS: usize = 3000;

/// Makes texts, one after the other.
pub(crate) struct Made {
    state: u64,
    pub(crate) words: Vec<String>,
}

impl Made {
    pub(crate) fn new() -> Self {
        let mut made = Self {
            state: 21,
            words: Vec::new(),
        };
        for _ in 0..WORDS {
            let length = [1, 2, 2, 2, 2, 3, 3, 4][made.below(8)];
            let word = (0..length).map(|_| made.character()).collect();
            made.words.push(word);
        }
        made
    }

    /// The characters that there are, the common ones first.
    pub(crate) fn characters() -> impl Iterator<Item = char> {
        ('一'..).step_by(6).take(CHARACTERS)
    }

    /// So many clauses.
    pub(crate) fn text(&mut self, clauses: usize) -> String {
        let mut text = String::new();
        for clause in 1..=clauses {
            for _ in 0..3 + self.below(6) {
                let word = self.skewed(WORDS);
                text.push_str(&self.words[word]);
            }
            if self.below(8) == 0 {
                text.push_str(&format!("{}年", 1949 + self.below(80)));
            }
            text.push(if clause % 5 == 0 { '。' } else { '，' });
        }
        text
    }

    fn character(&mut self) -> char {
        let at = self.skewed(CHARACTERS);
        Self::characters().nth(at).unwrap_or('一')
    }

    /// A number below `end`, the small ones more often, as words are in texts.
    fn skewed(&mut self, end: usize) -> usize {
        let within = self.below(end) + 1;
        let within = self.below(within) + 1;
        self.below(within)
    }

    /// A number below `end`: SplitMix64 (Steele, Lea & Flood, "Fast Splittable Pseudorandom Number Generators",
    /// 2014).
    pub(crate) fn below(&mut self, end: usize) -> usize {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let value = (self.state ^ (self.state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let value = (value ^ (value >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        let value = usize::try_from((value ^ (value >> 31)) >> 33).unwrap_or(0);
        value % end.max(1)
    }
}
