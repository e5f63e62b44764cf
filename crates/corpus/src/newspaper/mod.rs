//! A newspaper page, as a PDF's text layer or an OCR engine gives it → its articles.
//!
//! The rules follow from how newspapers are made, in the order in which they are undone:
//! lines (`lines`, `across`, `beside`, `unfold`, `glue`, `columns`, `spacing`), what belongs together (`blocks`), what it is (`classify`, `captions`, `byline`, `marks`),
//! what was read twice (`repeat`), which headline has which text (`segments`, `assemble`, `price`), and the article (`item`, `moved`, `headline`).

mod across;
mod assemble;
mod beside;
mod blocks;
mod byline;
mod captions;
mod classify;
mod columns;
mod glue;
mod headline;
mod item;
mod lines;
mod marks;
mod moved;
mod names;
mod overlap;
mod price;
mod punctuation;
mod repeat;
mod segments;
mod spacing;
mod unfold;

use blocks::{Block, Role};
use segments::Segment;

use crate::article::Article;
use crate::pattern;

/// Reads the articles of a newspaper page, in the order in which they begin.
///
/// `file` is what [`Source::file`](crate::Source) will say; a date in it is the articles' date. Text in `text` of any
/// kind is taken; what cannot be told apart stays together. Ids are left empty.
pub fn read_newspaper_page(file: &str, text: &str) -> Vec<Article> {
    let mut blocks = blocks::group(&lines::read(text));
    classify::classify(&mut blocks);
    repeat::drop_repeats(&mut blocks);
    let segments = segments::cut(&blocks);
    let pairs = moved::Pairs::of(&blocks);
    let mut articles: Vec<Article> = assemble::assemble(&segments, &blocks)
        .iter()
        .filter_map(|plan| item::build(plan, &blocks, &pairs, file))
        .collect();
    for segment in &segments {
        if let Segment::Photo(at) = segment {
            articles.push(item::photo(&blocks[*at], file));
        }
    }
    articles.sort_by_key(|article| article.source.as_ref().map_or(0, |source| source.line));
    name_sections(&mut articles, &blocks);
    date_by_page(&mut articles, file, &blocks);
    articles
}

/// The names of a line that is a byline and nothing else.
pub(crate) fn read_byline(line: &str) -> Option<Vec<String>> {
    byline::read_line(line)
}

/// Gives the articles under `一周要闻` and the like that section: as far as they are of one make, all with a
/// byline at the head or all without.
fn name_sections(articles: &mut [Article], blocks: &[Block]) {
    let columns = blocks
        .iter()
        .filter(|b| b.role == Role::Section && !marks::is_part(&b.text));
    for (name, line) in columns.map(|b| (spacing::headline(&b.parts.join(" ")), b.line)) {
        let mut make = None;
        let line_of = |article: &Article| article.source.as_ref().map_or(0, |s| s.line);
        let next = blocks
            .iter()
            .filter(|b| b.role == Role::Section && !marks::is_part(&b.text) && b.line > line)
            .map(|b| b.line)
            .min()
            .unwrap_or(u32::MAX);
        for article in articles
            .iter_mut()
            .filter(|a| line_of(a) > line && line_of(a) < next)
        {
            let this = (
                has_head_byline(article, blocks),
                heading_level(article, blocks),
            );
            if *make.get_or_insert(this) != this {
                break;
            }
            article.section = name
                .trim_matches(|c: char| "【】[]■●◆▍:： ".contains(c))
                .to_owned();
        }
    }
}

/// The level of the article's Markdown heading, 0 for none.
fn heading_level(article: &Article, blocks: &[Block]) -> u8 {
    let line = article.source.as_ref().map_or(0, |s| s.line);
    blocks
        .iter()
        .find(|b| b.line == line)
        .map_or(0, |b| b.heading)
}

/// Whether the article names its reporters above or at the beginning of its text, not after it.
fn has_head_byline(article: &Article, blocks: &[Block]) -> bool {
    let dateline = article
        .paragraphs
        .first()
        .is_some_and(|p| byline::has_dateline(p));
    let line = article.source.as_ref().map_or(0, |s| s.line);
    let mut below = blocks
        .iter()
        .skip_while(|b| b.line < line)
        .skip_while(|b| b.role == Role::Head);
    dateline || matches!(below.next().map(|b| &b.role), Some(Role::Byline(_)))
}

/// The day of the paper: from the file's path, else from the page's own folio.
fn date_by_page(articles: &mut [Article], file: &str, blocks: &[Block]) {
    let given = crate::date::from_path(file);
    let folio = || {
        blocks
            .iter()
            .filter(|b| b.role == Role::Folio)
            .find_map(|b| marks::full_date(&b.parts.join(" ")))
    };
    let inferred = given.is_none();
    let Some(date) = given.or_else(folio) else {
        return;
    };
    for article in articles {
        article.date = Some(date.clone());
        article.date_inferred = inferred;
    }
}

#[cfg(test)]
mod tests {
    use super::read_newspaper_page;

    #[test]
    fn what_stands_at_a_page_s_head_is_its_day_and_no_headline() {
        for head in [
            "2021-08-14\n",
            "2021年8月14日\n\n",
            "清河日报 2021年8月14日 第3版\n",
            "A3 要闻\n2021年8月14日 星期六\n",
            "03 要闻\n2021.08.14\n\n",
        ] {
            let page = format!(
                "{head}清河两岸花正开\n\n本报记者 张三\n\n清河边的花都开了,人们到河边散步。"
            );
            let articles = read_newspaper_page("p.txt", &page);
            let got = articles
                .iter()
                .map(|a| (a.kicker.as_str(), a.title.as_str(), a.date.as_deref()));
            let got: Vec<_> = got.collect();
            assert_eq!(got, [("", "清河两岸花正开", Some("2021-08-14"))], "{head}");
            assert!(articles[0].date_inferred, "{head}");
        }
    }

    #[test]
    fn a_break_amid_the_names_of_a_dateline_parts_nothing() {
        let page = "清河两岸花正开\n\n本报讯(记者 张三 通讯员\n\n李四)3月2日,清河边的花都开了,人们到河边散步。";
        let articles = read_newspaper_page("p.txt", page);
        assert_eq!(articles[0].reporters, ["张三", "李四"]);
        assert_eq!(articles[0].paragraphs.len(), 1, "{articles:#?}");
    }
}
