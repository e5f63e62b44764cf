//! Numbers and the measure words that belong to them: `1700余名`, `2.77亿元`, `12月17日`.

/// Characters that may stand between the figures and the measure word: `1700余名`, `3万多户`.
const MAGNITUDES: [char; 9] = ['余', '多', '几', '十', '百', '千', '万', '亿', '兆'];

/// Measure words, units and what else closes a number, in any order: the longest that fits is taken. One
/// text, since a list of texts would take twice the room in the wasm.
const MEASURES: &str = "\
    年 年度 年代 月 月份 月底 日 号 号楼 时 小时 时许 点 分 分钟 秒 秒钟 天 \
    周 周年 周岁 岁 世纪 个 个月 个多月 名 人 人次 户 户次 位 件 项 条 次 \
    场 场次 处 家 所 座 栋 幢 套 间 层 楼 单元 台 辆 架 艘 只 头 匹 条 \
    棵 株 朵 颗 粒 片 块 面 张 幅 本 册 篇 份 封 支 部 门 级 届 期 批 \
    批次 轮 届 版 集 章 节 课时 学时 步 圈 趟 路 公里 千米 米 厘米 毫米 里 \
    平方米 平方公里 立方米 亩 公顷 顷 吨 公斤 千克 斤 克 毫克 升 毫升 元 块钱 \
    角 美元 欧元 港元 度 摄氏度 千瓦 千瓦时 兆瓦 伏 瓦 倍 成 折 个百分点 \
    百分点 比 组 队 班 排 行 列 样 种 类 双 对 副 桶 瓶 盒 箱 袋 包 车 \
    船 股 笔 宗 起 例 床 席 村 镇 乡 岁以上";

/// How many characters of `after` (what follows a number) belong to it: magnitudes and then at most
/// one measure word, the longest that fits. 0 when what follows is no measure.
#[must_use]
pub(crate) fn tail(after: &[char]) -> usize {
    let magnitudes = after.iter().take_while(|c| MAGNITUDES.contains(c)).count();
    let measure = |begin: usize| {
        let rest = after.get(begin..).unwrap_or_default();
        begin + rest.first().map_or(0, |&first| longest(first, rest))
    };
    // A measure may begin with what looks like a magnitude: 百分点, 千瓦时.
    (0..=magnitudes)
        .map(measure)
        .max()
        .unwrap_or(0)
        .max(magnitudes)
}

/// The length of the longest measure word that a text begins with, of which this is the first character.
fn longest(first: char, text: &[char]) -> usize {
    let fit = |(at, _): (usize, &str)| {
        let (before, measure) = MEASURES.split_at_checked(at)?;
        let begins = before.is_empty() || before.ends_with(' ');
        let measure = measure.split(' ').next().filter(|_| begins)?;
        let mut len = 0;
        for c in measure.chars() {
            text.get(len).filter(|own| **own == c)?;
            len += 1;
        }
        Some(len)
    };
    // Quicker than to look at each measure word: numbers are common.
    let all = MEASURES.match_indices(first).filter_map(fit);
    all.max().unwrap_or(0)
}

/// Whether a number that ends in `last` may go on with further figures: a date or a time of day.
#[must_use]
pub(crate) fn continues(last: char) -> bool {
    matches!(last, '年' | '月' | '时' | '点' | '分')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measures_belong_to_their_number() {
        for (after, expected) in [
            ("余名职工", 2),
            ("亿元投资", 2),
            ("分钟生活圈", 2),
            ("万多户", 3),
            ("平方公里", 4),
            ("和", 0),
            ("", 0),
            ("万", 1),
            ("千瓦时电", 3),
            ("百分点", 3),
            ("百元", 2),
        ] {
            let after: Vec<char> = after.chars().collect();
            assert_eq!(tail(&after), expected, "{after:?}");
        }
    }
}
