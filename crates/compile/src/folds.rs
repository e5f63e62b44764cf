//! The fold table: which characters of the whole of Unicode are, to a reader's search, another one.
//!
//! Traditional and variant characters become simplified ones, compatibility forms (`①`, `㎡`, the
//! radicals that PDFs like to hold in place of characters) what they stand for, Latin letters lose
//! their accents, every script its capitals.

use std::collections::HashMap;
use std::sync::LazyLock;

use rustc_hash::FxHashSet;
use souwen_text::{Class, FoldTable, classify, fold_width_and_case};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Variant forms that the traditional-to-simplified table leaves alone: variant, then its norm.
const VARIANTS: &str = "裏里裡里峯峰羣群乾干喫吃祇只衹只眞真甯宁僱雇牠它妳你綵彩綑捆傢家粧妆墻墙昇升陞升砲炮觔斤囘回囬回\
    躭耽毘毗彫雕鵰雕慾欲燻熏蔴麻嶽岳託托迴回洩泄燄焰鎚锤剋克勅敕勑敕姪侄姉姊嫺娴孃娘崑昆崙仑巖岩嵒岩弔吊徧遍悽凄憇憩\
    拏拿搾榨攷考敍叙晳晰暱昵朶朵柺拐栢柏槀槁欵款殭僵毬球氷冰汎泛汙污汚污泝溯煑煮燉炖牕窗猨猿獃呆琹琴甎砖痺痹\
    皁皂盃杯眎视睏困矙瞰砦寨碪砧祕秘秔粳稾稿穉稚窓窗窰窑竝并筍笋筯箸篛箬糉粽紮扎絏绁缻缶罎坛羶膻翫玩耑专脣唇\
    臈腊臯皋舘馆艸草荅答菴庵葢盖蒐搜薑姜蘂蕊虵蛇蝨虱衂衄覇霸觝抵詠咏諠喧譁哗讌宴谿溪豔艳賸剩贗赝跥跺踪踪蹤踪\
    躱躲逈迥遶绕遯遁邨村醃腌醖酝鉢钵銲焊鍼针鎔熔阬坑陁陀隣邻雑杂靣面鞌鞍韮韭頫俯飃飘餧喂餻糕饍膳駞驼鬂鬓鬪斗\
    鬬斗鯗鲞鵞鹅麤粗麫面麯曲麴曲黴霉鼕冬齩咬龢和\
    著着藉借覆复馀余枱台锺钟囌苏嚐尝瀋沈貲赀彆别懞蒙慼戚慽戚薹苔饜餍寃冤諮咨谘咨苧苎罣挂涙泪凓栗裊袅嬝袅暸瞭痲麻愽博\
    凴凭碁棋棊棋糝糁蔘参鏁锁鬀剃躰体軆体塡填鎭镇愼慎呉吴鞵鞋壻婿塩盐鴈雁飮饮讃赞鑚钻琖盏箒帚竚伫粬曲闇暗窻窗髥髯\
    戸户査查歩步枴拐吿告敎教郞郎屛屏甁瓶倂并幷并靑青淸清凈净値值僊仙媿愧兎兔寳宝歳岁顕显譲让聨联聡聪継继銕铁顚颠亀龟\
    帰归図图囯国圀国圑团庁厅彔录\
    ⺠民⺟母⻄西⻅见⻆角⻉贝⻋车⻓长⻔门⻘青⻚页⻛风⻜飞⻝食⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻬齐⻮齿⻰龙⻳龟⺒巳⺓幺⺙攵⺝月⺫目";

/// Characters of simplified text that the traditional-to-simplified table takes for another's variant.
const OWN: &str = "呵呱捍阪磐煅琯祗";

/// Every character that folds to another one, and what it folds to.
static ALL: LazyLock<Vec<(char, String)>> = LazyLock::new(|| {
    let variants: Vec<char> = VARIANTS.chars().filter(|c| !c.is_whitespace()).collect();
    let variants: HashMap<char, char> = variants
        .as_chunks::<2>()
        .0
        .iter()
        .map(|&[variant, norm]| (variant, norm))
        .collect();
    let normal = |c: char| variants.get(&c).copied().unwrap_or(c);
    let fold = |c: char| {
        let norm = normal(c);
        let once = fold_one(norm).or_else(|| (norm != c).then(|| norm.into()))?;
        // A compatibility form may stand for a variant: ⾋ is 艸 is 草.
        Some((c, once.chars().map(normal).collect()))
    };
    ('\u{80}'..='\u{323AF}').filter_map(fold).collect()
});

/// What a character folds to, if to something else that can be searched for.
fn fold_one(c: char) -> Option<String> {
    // What the analyser computes needs no entry.
    let skipped = matches!(classify(c), Class::Space | Class::Ignored) || OWN.contains(c);
    if fold_width_and_case(c) != c || skipped {
        return None;
    }
    let compatible: String = [c].into_iter().nfkc().collect();
    let latin = compatible
        .chars()
        .all(|c| c < '\u{250}' || ('\u{1E00}'..'\u{1F00}').contains(&c));
    let bare: String = if latin {
        compatible
            .nfd()
            .filter(|&c| !is_combining_mark(c))
            .collect()
    } else {
        compatible
    };
    let folded = simplet2s::convert(&bare.to_lowercase());
    let searchable = |c| matches!(classify(c), Class::Han | Class::Letter | Class::Digit);
    (!folded.chars().eq([c]) && folded.chars().any(searchable)).then_some(folded)
}

/// The table that an archive is folded with while it is compiled.
#[must_use]
pub(crate) fn complete() -> FoldTable {
    FoldTable::new(ALL.clone())
}

/// Whether readers may type a character, or paste it out of a page, even if this archive does not
/// hold it. Letters from beyond the first plane (𝐀, 𠮷 …) and presentation forms fill tables, not
/// queries.
fn is_typed(c: char) -> bool {
    matches!(c, '\u{80}'..='\u{33FF}' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FF00}'..='\u{FFEF}')
}

/// The letters that pinyin with tones is written with, besides `a`–`z`.
const PINYIN: &str = "āáǎàēéěèêếềīíǐìōóǒòūúǔùüǖǘǚǜńňǹḿ";

/// Whether readers may type a character as pinyin, so that it must fold whatever the archive holds.
fn is_pinyin(c: char) -> bool {
    c.to_lowercase().any(|small| PINYIN.contains(small))
}

/// The part of the table that an archive and its queries can need: what folds to characters of its
/// streams, and pinyin. Anything else could find nothing anyway.
#[must_use]
pub(crate) fn for_archive(streams: &FxHashSet<char>, printed: &FxHashSet<char>) -> FoldTable {
    let held = |target: &str| {
        let skipped = |c| matches!(classify(c), Class::Break | Class::Space);
        target
            .chars()
            .filter(|&c| !skipped(c))
            .all(|c| streams.contains(&c))
    };
    let needed = |source: char| is_typed(source) || printed.contains(&source);
    let pairs = ALL
        .iter()
        .filter(|(source, target)| needed(*source) && held(target) || is_pinyin(*source));
    FoldTable::new(pairs.cloned().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds() {
        let table = complete();
        let fold = |text: &str| {
            let mut out = String::new();
            text.chars().for_each(|c| table.fold(c, |f| out.push(f)));
            out
        };
        for (text, expected) in [
            ("開發區營商環境", "开发区营商环境"),
            ("皇后後來頭髮發展", "皇后后来头发发展"),
            ("裡裏峯羣乾燥臺灣", "里里峰群干燥台湾"),
            ("㎡㎏℃①Ⅲ㈱", "m2kg°c1iii(株)"),
            ("lǎo wú Éclair Ωμέγα", "lao wu eclair ωμέγα"),
            ("⼈⺠⽇", "人民日"),
            ("ﾃﾚ ＡＢＣ", "テレ abc"),
            ("魏都区，2.77亿元", "魏都区,2.77亿元"),
        ] {
            assert_eq!(fold(text), expected);
        }
    }

    #[test]
    fn pinyin_is_folded_whatever_the_archive_holds() {
        let table = for_archive(&['魏'].into_iter().collect(), &FxHashSet::default());
        for (text, expected) in [
            ("āáǎà", "aaaa"),
            ("ēéěèê", "eeeee"),
            ("īíǐì", "iiii"),
            ("ōóǒò", "oooo"),
            ("ūúǔù", "uuuu"),
            ("üǖǘǚǜ", "uuuuu"),
            ("ĀÉǛ", "aeu"),
            ("ńňǹḿ", "nnnm"),
        ] {
            let mut folded = String::new();
            text.chars().for_each(|c| table.fold(c, |f| folded.push(f)));
            assert_eq!(folded, expected);
        }
        assert_eq!(table.get('電'), None, "folds to what is not there");
    }

    #[test]
    fn folding_is_stable() {
        let table = complete();
        for (source, target) in table.pairs() {
            for &c in target {
                let mut again = Vec::new();
                table.fold(c, |f| again.push(f));
                assert_eq!(again, [c], "{source} folds to {c}, which folds on");
            }
        }
    }
}
