//! Words that the publisher holds to mean the same.

use souwen_index::Synonyms;
use souwen_text::{FoldTable, Stream};

use crate::error::CompileError;

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
pub(crate) fn idle(synonyms: &Synonyms, stands: &[bool]) -> Vec<String> {
    let show = |group: &Vec<Vec<char>>| {
        let members: Vec<String> = group.iter().map(|member| member.iter().collect()).collect();
        members.join(" = ")
    };
    let groups = synonyms.groups().iter().zip(stands);
    let idle = groups.filter(|(_, stands)| !**stands);
    idle.map(|(group, _)| show(group)).collect()
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
