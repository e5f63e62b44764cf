//! Characters that readers, and the programs that read pages for them, take for one another.

/// A group a line; see there.
const GROUPS: &str = include_str!("look-alikes.txt");

/// The groups of characters that look alike. A character may be in several.
pub(super) fn groups() -> impl Iterator<Item = &'static str> {
    GROUPS
        .lines()
        .filter(|line| !line.starts_with('#'))
        .flat_map(str::split_whitespace)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn groups_are_sound() {
        let mut seen = HashSet::new();
        for group in groups() {
            let distinct: HashSet<char> = group.chars().collect();
            assert!(group.chars().all(souwen_text::is_han), "{group}");
            assert!(distinct.len() > 1, "{group}");
            assert_eq!(distinct.len(), group.chars().count(), "{group}");
            assert!(seen.insert(group), "{group} stands twice");
        }
        assert!(seen.len() > 500);
    }

    #[test]
    fn pairs() {
        let pairs = "坏环 怀杯 敬警 擎警 考老 考孝 己已 已巳 未末 土士 日曰 戊戌 戌戍 免兔 鸟乌 今令 侯候 拔拨 辩辨 辫瓣 燥躁 噪操 渴喝 竭揭 晴睛 清请 跑炮 泡抱 根很 狠恨 银根 营菅 境竟 镜境 治冶 农衣 处外 设没 县具 贷货 洲州 帐账 住往 佳往 析折 折拆 栓拴 泠冷 祟崇 贪贫 帅师 延廷 夭天 牛午 干千 千于 刀力 玉主 太犬 人入 复夏 课棵 厉历 励厉 幻幼 抡抢 沧沦 沪泸 仓仑 挡档 枝技 味昧 陡徒 徒徙 遣遗 哀衷 博搏 傅传 瑞端 喘端 摇遥 载裁 栽戴 撒撤 梁粱 即既 拖施 纸低 低抵 限眼";
        for pair in pairs.split_whitespace() {
            let both = |group: &str| pair.chars().all(|c| group.contains(c));
            assert!(groups().any(both), "{pair}");
        }
    }
}
