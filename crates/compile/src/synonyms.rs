//! Words that the publisher holds to mean the same.

use souwen_index::{Field, Posting, Synonyms};
use souwen_text::{FoldTable, Stream};

use crate::error::CompileError;
use crate::terms::Inverted;

/// Folds the members of each entry and joins entries that share one.
///
/// # Errors
/// [`CompileError::EmptySynonym`] for a member without anything that can be searched for.
pub(crate) fn collect(fold: &FoldTable, entries: &[Vec<String>]) -> Result<Synonyms, CompileError> {
    let mut groups: Vec<Vec<Vec<char>>> = Vec::new();
    for entry in entries {
        let mut group = Vec::new();
        for member in entry {
            let stream = Stream::new(fold, member);
            if stream.is_empty() {
                return Err(CompileError::EmptySynonym(member.clone()));
            }
            group.push(stream.chars().to_vec());
        }
        let shares = |own: &Vec<Vec<char>>| own.iter().any(|member| group.contains(member));
        let (joined, apart): (Vec<_>, Vec<_>) = groups.into_iter().partition(shares);
        group.extend(joined.into_iter().flatten());
        groups = apart;
        groups.push(group);
    }
    Ok(Synonyms::new(groups))
}

/// The groups of which no member stands in the archive, as `甲 = 乙`.
pub(crate) fn idle(
    synonyms: &Synonyms,
    inverted: &Inverted,
    fold: &FoldTable,
    fields: &[Vec<(Field, String)>],
) -> Vec<String> {
    let stands = |member: &Vec<char>| {
        candidates(inverted, member).iter().any(|&(document, _)| {
            let own = fields.get(souwen_text::cast::index(document));
            own.into_iter().flatten().any(|(_, text)| {
                let stream = Stream::new(fold, text);
                stream
                    .chars()
                    .windows(member.len())
                    .any(|run| run == member.as_slice())
            })
        })
    };
    let none_stands = |group: &&Vec<Vec<char>>| !group.iter().any(stands);
    let show = |group: &Vec<Vec<char>>| {
        let members: Vec<String> = group.iter().map(|member| member.iter().collect()).collect();
        members.join(" = ")
    };
    let groups = synonyms.groups().iter();
    groups.filter(none_stands).map(show).collect()
}

/// The documents that may hold a run of characters: those of its rarest pair.
fn candidates<'a>(inverted: &'a Inverted, member: &[char]) -> &'a [Posting] {
    let list = |found: Option<&'a Vec<Posting>>| found.map(Vec::as_slice).unwrap_or_default();
    if let &[only] = member {
        let at = inverted.singles.binary_search_by_key(&only, |own| own.0);
        return list(
            at.ok()
                .and_then(|at| inverted.singles.get(at))
                .map(|own| &own.1),
        );
    }
    let pairs = member.windows(2).filter_map(|two| match two {
        &[first, second] => Some((first, second)),
        _ => None,
    });
    let postings = pairs.map(|pair| {
        let at = inverted.pairs.binary_search_by_key(&pair, |own| own.0);
        list(
            at.ok()
                .and_then(|at| inverted.pairs.get(at))
                .map(|own| &own.1),
        )
    });
    postings.min_by_key(|list| list.len()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn groups(entries: &[&[&str]]) -> Vec<Vec<String>> {
        let entries: Vec<Vec<String>> = entries
            .iter()
            .map(|entry| entry.iter().map(|&member| member.to_owned()).collect())
            .collect();
        let fold = FoldTable::new(vec![('創', "创".into())]);
        let synonyms = collect(&fold, &entries).unwrap();
        let text = |member: &Vec<char>| member.iter().collect();
        let group = |group: &Vec<Vec<char>>| group.iter().map(text).collect();
        synonyms.groups().iter().map(group).collect()
    }

    #[test]
    fn entries_that_share_a_member_are_one() {
        assert_eq!(
            groups(&[
                &["创文", "创建文明城市"],
                &["市医院", "人民医院"],
                &["文明创建", "創文"],
            ]),
            [
                vec!["人民医院", "市医院"],
                vec!["创建文明城市", "创文", "文明创建"],
            ]
        );
        // Two that were apart are joined by a third.
        assert_eq!(
            groups(&[&["甲", "乙"], &["丙", "丁"], &["乙", "丙"]]),
            [vec!["丁", "丙", "乙", "甲"]]
        );
        // The same to every search already.
        assert!(groups(&[&["創文", "“创文”"]]).is_empty());
    }

    #[test]
    fn a_member_without_a_character_is_an_error() {
        let entry = vec!["创文".to_owned(), "——".to_owned()];
        let error = collect(&FoldTable::default(), &[entry]).unwrap_err();
        assert!(error.to_string().contains("`——`"), "{error}");
    }
}
