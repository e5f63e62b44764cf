//! The tokenizer: overlapping pairs of characters.

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

/// The name that the tokenizer is registered under.
pub const NAME: &str = "pairs";

/// Cuts runs of letters and digits into overlapping pairs of lower-case characters; a run of one character is a
/// token by itself. Positions skip one from run to run, so that no phrase leads over a border.
#[derive(Clone, Default)]
pub struct Pairs;

impl Tokenizer for Pairs {
    type TokenStream<'a> = Tokens;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Tokens {
        let mut position = 0;
        let mut tokens = Vec::new();
        for run in runs(text) {
            for pair in run {
                tokens.push(Token {
                    position,
                    text: pair,
                    position_length: 1,
                    ..Token::default()
                });
                position += 1;
            }
            position += 1;
        }
        Tokens { tokens, next: 0 }
    }
}

/// The pairs of each run of letters and digits.
pub fn runs(text: &str) -> impl Iterator<Item = Vec<String>> {
    text.split(|one: char| !one.is_alphanumeric())
        .filter(|run| !run.is_empty())
        .map(|run| {
            let characters: Vec<char> = run.chars().flat_map(char::to_lowercase).collect();
            if characters.len() == 1 {
                vec![characters.iter().collect()]
            } else {
                characters
                    .windows(2)
                    .map(|pair| pair.iter().collect())
                    .collect()
            }
        })
}

/// The tokens of one text.
pub struct Tokens {
    tokens: Vec<Token>,
    next: usize,
}

impl TokenStream for Tokens {
    fn advance(&mut self) -> bool {
        self.next += 1;
        self.next <= self.tokens.len()
    }

    fn token(&self) -> &Token {
        &self.tokens[self.next - 1]
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.tokens[self.next - 1]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_overlap_within_a_run_and_not_beyond() {
        let cut: Vec<_> = runs("搜索引擎，A股!").collect();
        assert_eq!(cut, [vec!["搜索", "索引", "引擎"], vec!["a股"]]);
    }
}
