//! People's names in bylines, spaced, unspaced, or one character apart.

use super::punctuation::is_han;

/// The family names that cover nearly all bylines; a name that nothing else announces must begin with one.
const SURNAMES: &str = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣贲邓郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊於惠甄曲家封芮羿储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘钭厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍却璩桑桂濮牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公肖闫岳付代覃商涂卿兰仝亓佟苟芦母原修初揭豆盖仉張趙錢孫吳鄭馮陳衛蔣韓楊許呂嚴華陶謝鄒竇雲蘇葉範魯韋馬鳳費賀倪湯鄔樂時齊顧黃蕭邵談龐熊紀項閔賈婁顏鍾駱樊淩萬盧經應單鄧鬱諸鈕龔滿劉詹龍賴葉塗簡歐闕聶關遊權蓋";

/// Family names of two characters.
const LONG_SURNAMES: [&str; 16] = [
    "欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "宇文", "长孙",
    "司徒", "夏侯", "端木", "南宫",
];

/// Whether the text is a name by its own looks: two or three characters after a family name.
pub(super) fn looks_like_name(text: &str) -> bool {
    let length = text.chars().count();
    if !text.chars().all(is_han) {
        return false;
    }
    if LONG_SURNAMES.iter().any(|s| text.starts_with(s)) {
        return (3..=4).contains(&length);
    }
    (2..=3).contains(&length) && text.chars().next().is_some_and(|c| SURNAMES.contains(c))
}

/// Whether the text can be a name where a role announces one.
fn can_be_name(text: &str) -> bool {
    let mut length = 0;
    let mut dotted = false;
    for c in text.chars() {
        match c {
            '·' | '•' => dotted = true,
            c if is_han(c) => length += 1,
            _ => return false,
        }
    }
    (2..=4).contains(&length) || (dotted && (3..=14).contains(&length))
}

/// The names that stand between two roles, or `None` when the text is something else than names.
///
/// `张三 李四`, `张三、李四`, `张三李四` and the spaced-out `张 三 李四光` are all read.
pub(super) fn read_names(text: &str) -> Option<Vec<String>> {
    let mut names = Vec::new();
    let mut single = String::new();
    for word in text.split(|c: char| c.is_whitespace() || "、,，;；/／|｜&".contains(c)) {
        if word.is_empty() {
            continue;
        }
        if word.chars().count() == 1 || (!single.is_empty() && single.chars().count() < 2) {
            single.push_str(word);
            if single.chars().count() >= 2 {
                names.extend(split_names(&std::mem::take(&mut single))?);
            }
            continue;
        }
        names.extend(split_names(word)?);
    }
    if !single.is_empty() {
        // A line break may part a name's last character.
        names
            .last_mut()
            .filter(|name| name.chars().count() == 2)?
            .push_str(&single);
    }
    (!names.is_empty()).then_some(names)
}

/// One name, or several printed without a space.
fn split_names(word: &str) -> Option<Vec<String>> {
    let length = word.chars().count();
    if length <= 3 || looks_like_name(word) {
        return can_be_name(word).then(|| vec![word.to_owned()]);
    }
    cut_at_surnames(word).or_else(|| can_be_name(word).then(|| vec![word.to_owned()]))
}

/// Cuts a run of Han characters into names that each begin with a family name, three characters rather than two.
fn cut_at_surnames(word: &str) -> Option<Vec<String>> {
    let chars: Vec<char> = word.chars().collect();
    if chars.len() > 24 {
        return None;
    }
    // best[i]: the fewest names that make up the first i characters, and the length of the last.
    let mut best: Vec<Option<(usize, usize)>> = vec![None; chars.len() + 1];
    if let Some(start) = best.first_mut() {
        *start = Some((0, 0));
    }
    for end in 2..=chars.len() {
        for length in 2..=4.min(end) {
            let Some((count, _)) = best[end - length] else {
                continue;
            };
            let name: String = chars[end - length..end].iter().collect();
            if looks_like_name(&name) && best[end].is_none_or(|(c, _)| count + 1 < c) {
                best[end] = Some((count + 1, length));
            }
        }
    }
    let mut names = Vec::new();
    let mut end = chars.len();
    while end > 0 {
        let (_, length) = best[end]?;
        names.push(chars[end - length..end].iter().collect::<String>());
        end -= length;
    }
    names.reverse();
    Some(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        assert_eq!(read_names(text).unwrap_or_default(), expected, "{text}");
    }

    #[test]
    fn names_are_read_however_they_are_spaced() {
        check("张三丰 李四", &["张三丰", "李四"]);
        check("张三丰、李四", &["张三丰", "李四"]);
        check("张三丰李四光", &["张三丰", "李四光"]);
        check("张 三 李四光", &["张三", "李四光"]);
        check("张三 李小 四", &["张三", "李小四"]);
        check("欧阳小明", &["欧阳小明"]);
        check("阿不都·热西提", &["阿不都·热西提"]);
    }

    #[test]
    fn other_words_are_not_names() {
        check("12月", &[]);
        check("市人民政府办公室综合一科", &[]);
        assert!(!looks_like_name("完"));
        assert!(!looks_like_name("待续"));
    }
}
