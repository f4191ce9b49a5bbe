/**
 * The page on which the caught messages are read. One file, no network, the texts of messages always as text.
 */
export const PAGE = `<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Hộp thư thử – Mạch</title>
<style>
:root { --ink:#1f2328; --soft:#5b6570; --line:#e2e5e9; --ground:#f5f6f8; --card:#fff; --red:#b3261e; --mail:#0b5cad; --sms:#1a7f4b; }
* { box-sizing: border-box; }
body { margin:0; font:15px/1.5 "Be Vietnam Pro", system-ui, -apple-system, "Segoe UI", "Noto Sans", sans-serif; color:var(--ink); background:var(--ground); height:100vh; display:flex; flex-direction:column; }
header { background:var(--card); border-bottom:1px solid var(--line); border-top:3px solid var(--red); padding:12px 20px; display:flex; gap:8px 20px; align-items:baseline; flex-wrap:wrap; }
h1 { font-size:18px; margin:0; }
header p { margin:0; color:var(--soft); font-size:13px; flex:1 1 300px; }
.count b { font-size:17px; font-variant-numeric:tabular-nums; }
.filters { display:flex; gap:12px; padding:10px 20px; flex-wrap:wrap; align-items:center; background:var(--card); border-bottom:1px solid var(--line); }
.filters fieldset { border:0; padding:0; margin:0; display:flex; }
.filters legend { position:absolute; clip-path:inset(50%); }
.filters label.tab { border:1px solid var(--line); padding:5px 14px; cursor:pointer; background:#fff; }
.filters label.tab:first-of-type { border-radius:6px 0 0 6px; } .filters label.tab:last-of-type { border-radius:0 6px 6px 0; }
.filters label.tab + label.tab { border-left:0; }
.filters input[type=radio] { position:absolute; opacity:0; }
.filters label.tab:has(:checked) { background:var(--ink); color:#fff; border-color:var(--ink); }
.filters label.tab:has(:focus-visible) { outline:2px solid var(--mail); outline-offset:2px; }
#to { flex:1 1 220px; max-width:420px; padding:6px 10px; font:inherit; border:1px solid #b8bfc7; border-radius:6px; }
main { flex:1; display:grid; grid-template-columns:minmax(320px, 5fr) 7fr; min-height:0; }
#list { overflow:auto; margin:0; padding:0; list-style:none; border-right:1px solid var(--line); background:var(--card); }
#list button { all:unset; display:grid; grid-template-columns:52px 1fr auto; gap:2px 10px; width:100%; box-sizing:border-box; padding:9px 16px; border-bottom:1px solid var(--line); cursor:pointer; }
#list button:hover { background:#f0f3f7; } #list button[aria-current=true] { background:#e8eff8; }
#list button:focus-visible { outline:2px solid var(--mail); outline-offset:-2px; }
.tag { font-size:11px; font-weight:600; color:#fff; border-radius:4px; padding:1px 0; text-align:center; align-self:start; margin-top:3px; }
.tag.email { background:var(--mail); } .tag.sms { background:var(--sms); }
.to { font-weight:600; overflow:hidden; text-overflow:ellipsis; white-space:nowrap; }
time { color:var(--soft); font-size:13px; font-variant-numeric:tabular-nums; white-space:nowrap; }
.peek { grid-column:2 / 4; color:var(--soft); overflow:hidden; text-overflow:ellipsis; white-space:nowrap; font-size:14px; }
#detail { overflow:auto; padding:20px; min-width:0; }
#detail dl { display:grid; grid-template-columns:auto 1fr; gap:2px 14px; margin:0 0 16px; }
#detail dt { color:var(--soft); } #detail dd { margin:0; overflow-wrap:anywhere; }
#detail h2 { margin:0 0 10px; font-size:19px; }
#detail iframe { width:100%; height:min(560px, 60vh); border:1px solid var(--line); border-radius:8px; background:#fff; }
#detail pre { white-space:pre-wrap; overflow-wrap:anywhere; background:#fff; border:1px solid var(--line); border-radius:8px; padding:14px; font:14px/1.5 ui-monospace, "DejaVu Sans Mono", monospace; }
.bubble { max-width:420px; background:#e3f3ea; border-radius:16px 16px 16px 4px; padding:12px 16px; overflow-wrap:anywhere; }
.empty { color:var(--soft); padding:32px 20px; text-align:center; }
#lost { color:var(--red); } [hidden] { display:none !important; }
@media (max-width:760px) { body { height:auto; } main { grid-template-columns:1fr; } #list { border-right:0; max-height:50vh; } }
</style>
</head>
<body>
<header>
  <h1>Hộp thư thử</h1>
  <p>Thư điện tử và tin nhắn mà Mạch gửi trên máy này dừng lại ở đây, không đến tay ai.</p>
  <span class="count">Thư <b id="n-email">0</b></span><span class="count">Tin nhắn <b id="n-sms">0</b></span>
</header>
<form class="filters" id="filters">
  <fieldset><legend>Kênh</legend>
    <label class="tab"><input type="radio" name="channel" value="" checked>Tất cả</label>
    <label class="tab"><input type="radio" name="channel" value="email">Thư điện tử</label>
    <label class="tab"><input type="radio" name="channel" value="sms">Tin nhắn</label>
  </fieldset>
  <input id="to" name="to" type="search" placeholder="Lọc theo người nhận: địa chỉ thư hoặc số điện thoại" aria-label="Lọc theo người nhận" autocomplete="off">
  <span id="lost" role="status" hidden>Mất liên lạc với hộp thư thử, đang thử lại…</span>
</form>
<main>
  <ul id="list" aria-label="Tin đã nhận, mới nhất trước"></ul>
  <section id="detail" aria-live="polite"><p class="empty">Chọn một tin để đọc.</p></section>
</main>
<script>
const $ = (id) => document.getElementById(id);
const el = (name, className, text) => { const e = document.createElement(name); if (className) e.className = className; if (text !== undefined) e.textContent = text; return e; };
const at = new Intl.DateTimeFormat('vi-VN', { timeZone: 'Asia/Ho_Chi_Minh', hour: '2-digit', minute: '2-digit', second: '2-digit', day: '2-digit', month: '2-digit' });
let shown = '', selected = null;

function line(message) {
  const row = el('li'), button = el('button');
  button.type = 'button';
  button.dataset.id = message.id;
  button.setAttribute('aria-current', String(message.id === selected));
  const time = el('time', '', at.format(new Date(message.receivedAt)));
  time.dateTime = message.receivedAt;
  button.append(el('span', 'tag ' + message.channel, message.channel === 'email' ? 'Thư' : 'SMS'), el('span', 'to', message.to), time,
    el('span', 'peek', message.channel === 'email' ? message.subject : message.text));
  button.onclick = () => show(message);
  row.append(button);
  return row;
}

function show(message) {
  selected = message.id;
  for (const b of $('list').querySelectorAll('button')) b.setAttribute('aria-current', String(Number(b.dataset.id) === selected));
  const facts = el('dl');
  const fact = (name, value) => facts.append(el('dt', '', name), el('dd', '', value));
  fact('Người gửi', message.from); fact('Người nhận', message.to); fact('Nhận lúc', at.format(new Date(message.receivedAt)));
  if (message.channel === 'sms') {
    fact('Độ dài', message.text.length + ' ký tự, ' + message.segments + ' tin');
    fact('Bảng mã', message.dataCoding === 8 ? 'UCS-2 (có dấu)' : 'GSM 7 bit (không dấu)');
    $('detail').replaceChildren(el('h2', '', 'Tin nhắn'), facts, el('div', 'bubble', message.text));
    return;
  }
  fact('Mã thư', message.reference);
  const parts = [el('h2', '', message.subject), facts];
  if (message.html) { const frame = el('iframe'); frame.setAttribute('sandbox', ''); frame.title = 'Nội dung thư'; frame.srcdoc = message.html; parts.push(frame); }
  parts.push(el('h3', '', 'Bản chữ'), el('pre', '', message.text));
  $('detail').replaceChildren(...parts);
}

async function refresh() {
  const query = new URLSearchParams(new FormData($('filters')));
  try {
    const answer = await (await fetch('/messages?limit=200&' + query)).json();
    $('lost').hidden = true;
    $('n-email').textContent = answer.counts.email.toLocaleString('vi-VN');
    $('n-sms').textContent = answer.counts.sms.toLocaleString('vi-VN');
    const now = query + '|' + answer.messages.map((m) => m.id).join();
    if (now === shown) return;
    shown = now;
    if (answer.messages.length === 0) $('list').replaceChildren(el('li', 'empty', query.get('to') || query.get('channel') ? 'Không có tin nào khớp bộ lọc.' : 'Chưa có tin nào.'));
    else $('list').replaceChildren(...answer.messages.map(line));
  } catch { $('lost').hidden = false; }
}
$('filters').onsubmit = (event) => event.preventDefault();
$('filters').oninput = refresh;
refresh();
setInterval(refresh, 1500);
</script>
</body>
</html>
`;
