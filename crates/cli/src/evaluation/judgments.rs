//! Reading queries (JSON lines) and judgments (tab-separated), as BEIR has them.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use anyhow::{Result, anyhow, bail};
use serde::Deserialize;

use crate::files;

/// A query to be measured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Query {
    /// Its id in the judgments.
    pub(crate) id: String,
    /// What is typed.
    pub(crate) text: String,
}

/// By query id, how relevant documents are; 0 is not at all.
pub(crate) type Judgments = HashMap<String, HashMap<String, u32>>;

#[derive(Deserialize)]
struct Line {
    #[serde(alias = "_id")]
    id: Id,
    text: String,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Id {
    Text(String),
    Number(i64),
}

/// Reads queries: `{"id": …, "text": …}` a line; `_id` will do too.
pub(crate) fn read_queries(path: &Path) -> Result<Vec<Query>> {
    parse_queries(&files::read_text(path)?).map_err(|error| anyhow!("{}:{error}", path.display()))
}

/// Reads judgments: query id, document id and relevance, with tabs between, after a header.
pub(crate) fn read_judgments(path: &Path) -> Result<Judgments> {
    parse_judgments(&files::read_text(path)?).map_err(|error| anyhow!("{}:{error}", path.display()))
}

fn parse_queries(text: &str) -> Result<Vec<Query>> {
    let mut queries = Vec::new();
    let mut seen = HashSet::new();
    for (number, line) in lines(text) {
        let line: Line = serde_json::from_str(line).map_err(|error| {
            anyhow!("{number}: not a query ({error}); write {{\"id\": \"…\", \"text\": \"…\"}}")
        })?;
        let id = match line.id {
            Id::Text(text) => text,
            Id::Number(number) => number.to_string(),
        };
        if !seen.insert(id.clone()) {
            bail!("{number}: the id `{id}` was used before; give each query its own");
        }
        queries.push(Query {
            id,
            text: line.text,
        });
    }
    Ok(queries)
}

fn parse_judgments(text: &str) -> Result<Judgments> {
    let mut judgments = Judgments::new();
    for (at, (number, line)) in lines(text).enumerate() {
        let columns: Vec<&str> = line.split('\t').map(str::trim).collect();
        let &[query, document, score] = columns.as_slice() else {
            bail!("{number}: not a judgment; write query id, document id and score, with tabs");
        };
        match score.parse::<i64>() {
            // Below 0 stands for spam in some collections: not relevant.
            Ok(score) => {
                let relevance = u32::try_from(score.max(0)).unwrap_or(u32::MAX);
                let own = judgments.entry(query.to_owned()).or_default();
                own.insert(document.to_owned(), relevance);
            }
            Err(_) if at == 0 => {}
            Err(_) => bail!("{number}: the score `{score}` is not a whole number"),
        }
    }
    Ok(judgments)
}

/// The lines that hold anything, with their numbers.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let lines = text.lines().enumerate().map(|(at, line)| (at + 1, line));
    lines.filter(|(_, line)| !line.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn queries() {
        let text = "{\"id\":\"a\",\"text\":\"清河\"}\n\n{\"_id\":7,\"text\":\"大桥\",\"x\":1}\n";
        let queries = parse_queries(text).unwrap();
        let pairs: Vec<_> = queries
            .iter()
            .map(|q| (q.id.as_str(), q.text.as_str()))
            .collect();
        assert_eq!(pairs, [("a", "清河"), ("7", "大桥")]);
        for (text, line) in [("{\"id\":\"a\"}", "1:"), ("\n[]", "2:")] {
            assert!(
                parse_queries(text)
                    .unwrap_err()
                    .to_string()
                    .starts_with(line)
            );
        }
        let twice = "{\"id\":\"a\",\"text\":\"\"}\n".repeat(2);
        assert!(
            parse_queries(&twice)
                .unwrap_err()
                .to_string()
                .starts_with("2: the id `a`")
        );
    }

    #[test]
    fn judgments() {
        let judged =
            parse_judgments("query-id\tcorpus-id\tscore\na\td1\t2\r\na\td2\t-1\nb\td1\t1\n");
        let judged = judged.unwrap();
        assert_eq!(
            judged["a"],
            HashMap::from([("d1".to_owned(), 2), ("d2".to_owned(), 0)])
        );
        assert_eq!(judged["b"].len(), 1);
        assert_eq!(parse_judgments("a\td1\t1\n").unwrap().len(), 1);
        for text in ["h\th\ts\na\td1\tx\n", "h\th\ts\na d1 1\n"] {
            assert!(
                parse_judgments(text)
                    .unwrap_err()
                    .to_string()
                    .starts_with("2: ")
            );
        }
    }
}
