//! Query text → a tree of clauses. No text is an error: what does not parse is words.
//!
//! ```text
//! 老吴营社区 寨河         both wanted
//! "营商环境" “营商环境”     a phrase: exactly these characters side by side
//! -会议                   not this
//! 寨河 OR 旺能  寨河|旺能    either
//! (寨河 | 旺能) 项目        grouped
//! 标题:项目 日期:2022-12    only there; so 标题:(项目 | 会议)
//! ```

/// What a clause asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Its words.
    Words,
    /// Its characters side by side.
    Phrase,
}

/// Where a clause looks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Scope {
    /// Everywhere.
    Text,
    /// Headline, 肩题 and 副题.
    Headline,
    /// The date.
    Date,
    /// The values of the column of this name.
    Column(String),
}

/// A leaf of a query.
#[derive(Debug, Clone, Eq)]
pub(crate) struct Clause {
    pub(crate) kind: Kind,
    pub(crate) scope: Scope,
    pub(crate) text: String,
    /// The byte of the query where the text begins.
    pub(crate) at: usize,
}

impl PartialEq for Clause {
    /// The same wherever it stands.
    fn eq(&self, other: &Self) -> bool {
        (self.kind, &self.scope, &self.text) == (other.kind, &other.scope, &other.text)
    }
}

impl Clause {
    /// Whether it is a word of letters.
    pub(crate) fn is_latin(&self) -> bool {
        self.text.bytes().all(|b| b.is_ascii_alphabetic())
    }
}

/// A query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Node {
    Clause(Clause),
    All(Vec<Node>),
    Any(Vec<Node>),
    Not(Box<Node>),
}

/// Longer queries are cut off here, in characters: a pasted page finds no less by its beginning.
const MAX_QUERY: usize = 256;
/// Deeper parentheses are punctuation.
const MAX_DEPTH: u32 = 16;

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '＂')
}

fn is_minus(c: char) -> bool {
    matches!(c, '-' | '－')
}

fn is_bar(c: char) -> bool {
    matches!(c, '|' | '｜')
}

fn opens(c: char) -> bool {
    matches!(c, '(' | '（')
}

fn closes(c: char) -> bool {
    matches!(c, ')' | '）')
}

/// Takes a query apart. `columns` are the names that can be fields beside the built-in ones; no
/// names at all, not even those, if `fields` is false.
pub(crate) fn parse(text: &str, fields: bool, columns: &dyn Fn(&str) -> bool) -> Node {
    let text = beginning(text);
    if is_plain(text) {
        Node::All(plain(text))
    } else {
        parse_operators(text, fields, columns)
    }
}

/// As much of a query as is looked at.
pub(crate) fn beginning(text: &str) -> &str {
    match text.char_indices().nth(MAX_QUERY) {
        Some((end, _)) => text.get(..end).unwrap_or(text),
        None => text,
    }
}

/// Whether a query is words and nothing else: no character in it can be an operator.
pub(crate) fn is_plain(text: &str) -> bool {
    let operator = |c| {
        let other = matches!(c, '“' | '「' | ':' | '：');
        other || is_quote(c) || is_bar(c) || opens(c) || closes(c)
    };
    let mut words = beginning(text).split_whitespace();
    words.all(|word| word != "OR" && !word.starts_with(is_minus) && !word.contains(operator))
}

/// The words of a plain query: what [`parse_operators`] would give.
fn plain(text: &str) -> Vec<Node> {
    let mut words = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let (word, tail) = rest.split_at_checked(end).unwrap_or_default();
        let at = text.len() - rest.len();
        add(
            &mut words,
            Node::Clause(Clause {
                kind: Kind::Words,
                scope: Scope::Text,
                text: word.to_owned(),
                at,
            }),
        );
        rest = tail.trim_start();
    }
    words
}

/// Adds one side's next part. Said twice is said once: readers repeat themselves, pasted text does.
/// Syllables repeat by right.
fn add(side: &mut Vec<Node>, node: Node) {
    if is_latin(&node) || !side.contains(&node) {
        side.push(node);
    }
}

/// Takes a query apart that is not [plain](is_plain), or is.
#[inline(never)]
fn parse_operators(query: &str, fields: bool, columns: &dyn Fn(&str) -> bool) -> Node {
    let mut parser = Parser {
        query,
        rest: query,
        fields,
        columns,
        depth: 0,
        around: Scope::Text,
    };
    parser.either()
}

struct Parser<'t, 'c> {
    query: &'t str,
    rest: &'t str,
    fields: bool,
    columns: &'c dyn Fn(&str) -> bool,
    depth: u32,
    /// The field of the group.
    around: Scope,
}

impl<'t> Parser<'t, '_> {
    /// Alternatives: everything up to the end, or to the parenthesis that closes the group.
    fn either(&mut self) -> Node {
        let mut sides = vec![Vec::new()];
        loop {
            self.rest = self.rest.trim_start();
            let Some(first) = self.rest.chars().next() else {
                break;
            };
            if self.depth > 0 && closes(first) {
                break;
            }
            if is_bar(first) {
                self.pass(first);
                sides.push(Vec::new());
                continue;
            }
            let begun = sides.last().is_some_and(|side| !side.is_empty());
            if let Some(after) = self.rest.strip_prefix("OR")
                && begun
                && after.starts_with(char::is_whitespace)
                && !after.trim_start().is_empty()
            {
                self.rest = after;
                sides.push(Vec::new());
                continue;
            }
            let node = self.one(first);
            if let Some(side) = sides.last_mut() {
                add(side, node);
            }
        }
        let mut several: Vec<Node> = Vec::new();
        for side in sides {
            let side = Node::All(side);
            if side != Node::All(Vec::new()) && !several.contains(&side) {
                several.push(side);
            }
        }
        if several.len() > 1 {
            return Node::Any(several);
        }
        several.pop().unwrap_or(Node::All(Vec::new()))
    }

    /// One operand, perhaps with a minus before it.
    fn one(&mut self, first: char) -> Node {
        // A minus means "not" only before a word: a lone one is punctuation.
        let after = self.rest.get(first.len_utf8()..).unwrap_or_default();
        let wordless = |c: char| c.is_whitespace() || is_bar(c);
        if is_minus(first) && after.chars().next().is_some_and(|c| !wordless(c)) {
            self.rest = after;
            let operand = after.chars().next().unwrap_or_default();
            return Node::Not(Box::new(self.operand(operand)));
        }
        self.operand(first)
    }

    fn operand(&mut self, first: char) -> Node {
        let own = self.scope();
        let first = self.rest.chars().next().unwrap_or(first);
        if opens(first) && self.depth < MAX_DEPTH && is_group(self.rest) {
            self.pass(first);
            self.depth += 1;
            let around = own.map(|own| std::mem::replace(&mut self.around, own));
            let group = self.either();
            if let Some(around) = around {
                self.around = around;
            }
            self.depth -= 1;
            if let Some(closing) = self.rest.chars().next() {
                self.pass(closing);
            }
            return group;
        }
        let scope = own.unwrap_or_else(|| self.around.clone());
        let begin = self.query.len() - self.rest.len();
        let (kind, text, at) = match quoted(self.rest) {
            Some((content, tail)) => {
                let quote = self.rest.chars().next().map_or(0, char::len_utf8);
                self.rest = tail;
                (Kind::Phrase, content, begin + quote)
            }
            None => (Kind::Words, self.word(), begin),
        };
        Node::Clause(Clause {
            kind,
            scope,
            text: text.to_owned(),
            at,
        })
    }

    fn pass(&mut self, c: char) {
        self.rest = self.rest.get(c.len_utf8()..).unwrap_or_default();
    }

    /// A field's name with its colon, if something comes after it.
    fn scope(&mut self) -> Option<Scope> {
        let name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
        let end = self.rest.find(|c| !name(c)).unwrap_or(0);
        let (name, tail) = self.rest.split_at_checked(end).unwrap_or_default();
        let value = tail.strip_prefix([':', '：']).unwrap_or_default();
        let valued = value.chars().next().is_some_and(|c| !c.is_whitespace());
        let scope = match name {
            _ if !valued || !self.fields => return None,
            "标题" | "標題" | "title" => Scope::Headline,
            "日期" | "date" => Scope::Date,
            "记者" | "記者" | "作者" | "reporter" => Scope::Column("reporter".to_owned()),
            "版面" | "栏目" | "欄目" | "section" => Scope::Column("section".to_owned()),
            _ if (self.columns)(name) => Scope::Column(name.to_owned()),
            _ => return None,
        };
        self.rest = value;
        Some(scope)
    }

    /// The characters up to the next border.
    fn word(&mut self) -> &'t str {
        let body = self.rest;
        let mut open = 0u32;
        let mut end = body.len();
        for (at, c) in body.char_indices() {
            // A quote inside a word ends it only if another one closes the phrase; a parenthesis
            // only if it is the group's own.
            let border = c.is_whitespace()
                || is_bar(c)
                || (at > 0 && is_quote(c) && has_partner(body, at))
                || (self.depth > 0 && closes(c) && open == 0);
            if border {
                end = at;
                break;
            }
            if opens(c) {
                open += 1;
            } else if closes(c) {
                open = open.saturating_sub(1);
            }
        }
        let (word, tail) = body.split_at_checked(end).unwrap_or_default();
        self.rest = tail;
        word
    }
}

/// Whether a node is a word of letters.
fn is_latin(node: &Node) -> bool {
    matches!(node, Node::Clause(clause) if clause.is_latin())
}

/// Whether the parenthesis that a text begins with groups: its partner ends a word. In
/// `(魏宣)报道` it is punctuation.
fn is_group(text: &str) -> bool {
    let mut open = 0u32;
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        if opens(c) {
            open += 1;
        } else if closes(c) {
            open -= 1;
            if open == 0 {
                let after = chars.next();
                return after.is_none_or(|c| c.is_whitespace() || is_bar(c) || closes(c));
            }
        }
    }
    false
}

/// The phrase that a text begins with, and what comes after it. `"…"` always is one. Chinese quotes
/// are where they stand alone, since an IME types them; before other characters they belong to a
/// name (`“五星”支部`).
fn quoted(text: &str) -> Option<(&str, &str)> {
    let first = text.chars().next()?;
    let rest = text.get(first.len_utf8()..)?;
    let closing = match first {
        _ if is_quote(first) => return rest.split_once(is_quote),
        '“' => '”',
        '「' => '」',
        _ => return None,
    };
    let border = |c: char| c.is_whitespace() || is_bar(c) || closes(c);
    let alone = |tail: &str| tail.chars().next().is_none_or(border);
    rest.split_once(closing).filter(|(_, tail)| alone(tail))
}

/// Whether the quote at byte `at` has a partner further on.
fn has_partner(text: &str, at: usize) -> bool {
    let mut rest = text.get(at..).unwrap_or_default().chars();
    rest.next();
    rest.any(is_quote)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn show(node: &Node) -> String {
        let list = |nodes: &[Node], between: &str| {
            nodes.iter().map(show).collect::<Vec<_>>().join(between)
        };
        match node {
            Node::All(nodes) if nodes.len() == 1 => list(nodes, " "),
            Node::All(nodes) => format!("({})", list(nodes, " ")),
            Node::Any(nodes) => format!("({})", list(nodes, "|")),
            Node::Not(node) => format!("!{}", show(node)),
            Node::Clause(clause) => {
                let text = match clause.kind {
                    Kind::Words => clause.text.clone(),
                    Kind::Phrase => format!("[{}]", clause.text),
                };
                match &clause.scope {
                    Scope::Text => text,
                    Scope::Headline => format!("headline:{text}"),
                    Scope::Date => format!("date:{text}"),
                    Scope::Column(name) => format!("{name}:{text}"),
                }
            }
        }
    }

    fn parse_all(text: &str) -> Node {
        parse(text, true, &|name| name == "channel")
    }

    #[test]
    fn queries() {
        for (text, expected) in [
            ("老吴营社区　寨河", "(老吴营社区 寨河)"),
            ("\"营商环境\"魏都", "([营商环境] 魏都)"),
            ("魏都＂营商 环境＂", "(魏都 [营商 环境])"),
            ("会议 -疫情 －\"防控 措施\"", "(会议 !疫情 ![防控 措施])"),
            ("“五星”支部", "“五星”支部"),
            ("创建“五星”", "创建“五星”"),
            (
                "“营商环境” 「放管服」 -“会议”",
                "([营商环境] [放管服] ![会议])",
            ),
            ("“没有关上", "“没有关上"),
            ("3-5岁 - -", "(3-5岁 -)"),
            ("5\"屏", "5\"屏"),
            ("\"没有关上", "\"没有关上"),
            ("\"\"", "[]"),
            ("", "()"),
            ("会议 会议", "会议"),
            ("甲 OR 乙 丙", "(甲|(乙 丙))"),
            ("甲|乙｜“丙”", "(甲|乙|[丙])"),
            ("OR 甲", "(OR 甲)"),
            ("甲 OR", "(甲 OR)"),
            ("甲 OR乙", "(甲 OR乙)"),
            ("| 甲 || 乙 |", "(甲|乙)"),
            ("甲|乙|甲 OR (乙|甲|乙)", "(甲|乙|(乙|甲))"),
            ("甲|甲 OR 甲", "甲"),
            ("(甲 | 乙) 丙", "((甲|乙) 丙)"),
            ("（甲|（乙 丙）） -(丁|戊)", "((甲|(乙 丙)) !(丁|戊))"),
            ("(魏宣)报道", "(魏宣)报道"),
            ("魏都区(老吴营) 会议", "(魏都区(老吴营) 会议)"),
            ("(没有关上", "(没有关上"),
            ("没有打开)", "没有打开)"),
            ("(甲(乙)丙)", "甲(乙)丙"),
            (
                "标题:项目 title：\"营商环境\"",
                "(headline:项目 headline:[营商环境])",
            ),
            (
                "记者:许 reporter:张|栏目：民生",
                "((reporter:许 reporter:张)|section:民生)",
            ),
            ("日期:2022-12..2023-01", "date:2022-12..2023-01"),
            (
                "-标题:会议 channel:网 other:网",
                "(!headline:会议 channel:网 other:网)",
            ),
            (
                "标题:(龙窑 | 盲盒) 版面:(a)",
                "((headline:龙窑|headline:盲盒) section:a)",
            ),
            ("标题: 项目", "(标题: 项目)"),
            ("标题:", "标题:"),
        ] {
            assert_eq!(show(&parse_all(text)), expected, "{text}");
        }
        assert_eq!(show(&parse("标题:项目", false, &|_| true)), "标题:项目");
    }

    proptest! {
        #[test]
        fn any_text_parses(text: String, operators in "[-|() \"“”甲乙:标题OR]{0,40}") {
            parse_all(&text);
            parse_all(&operators);
        }
    }

    proptest! {
        /// A plain query is taken apart alike both ways, to the last byte.
        #[test]
        fn plain_queries_are_words(
            text: String,
            words in "[甲乙ab 　\t\n5\\-”」，。OR－'‘…]{0,30}",
            fields: bool,
        ) {
            for text in [text, words] {
                if is_plain(&text) {
                    let parsed = parse_operators(beginning(&text), fields, &|_| true);
                    prop_assert_eq!(format!("{:?}", plain(beginning(&text))), match parsed {
                        Node::All(nodes) => format!("{nodes:?}"),
                        other => format!("{other:?}"),
                    });
                }
            }
        }
    }

    #[test]
    fn operators_are_not_plain() {
        for text in [
            "\"甲 乙\"",
            "甲 -乙",
            "甲|乙",
            "甲 OR 乙",
            "(甲)",
            "标题:甲",
            "“甲”",
            "「甲」",
            "－甲",
        ] {
            assert!(!is_plain(text), "{text}");
        }
        for text in ["甲 乙", "甲-乙", "甲OR", "", "3.5万 GDP"] {
            assert!(is_plain(text), "{text}");
        }
        // What is cut off says nothing; what is left may say something else.
        assert!(is_plain(&format!("{} | 甲", "甲".repeat(MAX_QUERY))));
        assert!(!is_plain(&format!("{} ORDER", "甲".repeat(MAX_QUERY - 3))));
    }

    #[test]
    fn deep_parentheses_are_punctuation() {
        parse_all(&"(".repeat(5000));
        let deep = format!("{}甲{}", "(".repeat(200), ")".repeat(200));
        assert!(show(&parse_all(&deep)).contains('甲'));
    }
}
