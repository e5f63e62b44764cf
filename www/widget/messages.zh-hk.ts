import type { Messages } from './messages.ts';
import { zhTW } from './messages.zh-tw.ts';
import { count } from './numbers.ts';

/** Hong Kong's words, where they are others than Taiwan's. */
export const zhHK: Messages = {
  ...zhTW,
  label: '搜尋報道',
  hintSyntax: '「引號」內的字句原樣尋找，-詞語 表示不要它',
  holds: (articles) => `共收錄 ${count(articles)} 篇報道`,
  count: (total, exact) => `找到${exact ? '' : '至少'} ${count(total)} 篇報道`,
  relaxed: (complete, partial) =>
    complete > 0
      ? `${count(complete)} 篇含有全部詞語，另有 ${count(partial)} 篇只含部分`
      : `沒有報道含有全部詞語，以下 ${count(partial)} 篇只含部分`,
  nothing: (query) => `找不到與「${query}」有關的報道`,
  dateInferred: '報道沒有註明日期，此為推定',
  errors: {
    ...zhTW.errors,
    'bundle-damaged': '搜尋資料不完整。請重新載入頁面再試。',
    'unsupported-version': '搜尋資料已經更新。請重新載入頁面。',
    network: '網絡不通，未能取得搜尋資料。請檢查網絡後重試。',
    storage: '瀏覽器沒有為本頁儲存資料：可能不是 https 網址、正在私隱瀏覽，或儲存空間已滿。',
    'not-found': '這篇報道已不在庫中。請重新載入頁面後再搜尋。',
    closed: '搜尋已經關閉。請重新載入頁面。',
    'no-bundle': '搜尋尚未設定好：缺少 bundle 屬性，或不是有效的網址。',
  },
  failures: { ...zhTW.failures, network: '未能連接網絡' },
  reload: '重新載入頁面',
  nothingLeft: '這樣篩選之後沒有報道了',
  ranges: { week: '最近一星期', month: '最近一個月', year: '最近一年' },
  smaller: '縮小字體',
  larger: '放大字體',
  offlineAll: '離線也能搜尋全部報道',
  offlineNow: '現在沒有網絡，正在使用存在本機的資料',
};
