"use strict";
// What both pages share. Every text of a run is set by textContent, and characters that steer a text are shown.
const pageTools = (() => {
  const steering = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/g;

  function plain(text) {
    return text.replace(/\r\n/g, "\n").replace(/\r/g, "␍").replace(steering, sign => {
      const code = sign.charCodeAt(0);
      return code < 0x20 ? String.fromCharCode(0x2400 + code) : code === 0x7f ? "␡" : "⟨U+" + code.toString(16).toUpperCase().padStart(4, "0") + "⟩";
    });
  }

  function make(tag, kind, text) {
    const element = document.createElement(tag);
    if (kind)
      element.className = kind;
    if (text !== undefined && text !== null)
      element.textContent = plain(String(text));
    return element;
  }

  function add(parent, ...children) {
    for (const child of children)
      if (child)
        parent.append(child);
    return parent;
  }

  const whole = number => number.toLocaleString("en-US");

  function time(ms) {
    if (ms >= 3600000)
      return Math.floor(ms / 3600000) + " h " + Math.floor(ms / 60000) % 60 + " min";
    if (ms >= 60000)
      return Math.floor(ms / 60000) + " min " + Math.floor(ms / 1000) % 60 + " s";
    return ms >= 1000 ? (ms / 1000).toFixed(1) + " s" : Math.floor(ms) + " ms";
  }

  // As many digits as a call of a cent's fraction needs.
  const money = usd => usd === null ? "–" : "$" + (usd === 0 ? "0" : usd >= 0.01 ? usd.toFixed(4) : usd.toFixed(6));

  const leftOut = count => count > 0 ? make("p", "cut", "Cut here: the journal has " + whole(count) + " more characters of it.") : null;

  // The rows of a Markdown table; null where the lines are not one, all of one length.
  function readTable(lines) {
    const rows = lines.map(line => line.slice(1, -1).split(/(?<!\\)\|/).map(cell => cell.trim().replaceAll("\\|", "|")));
    return lines.length > 2 && /^(\|-+)+\|$/.test(lines[1]) && rows.every(row => row.length === rows[0].length) ? [rows[0], ...rows.slice(2)] : null;
  }

  // A value as it is printed: what is a table is drawn as one.
  function value(text, kind) {
    const lines = text.replace(/\n$/, "").split("\n"), first = lines.findIndex(line => line.startsWith("|"));
    let end = first;
    while (end >= 0 && end < lines.length && lines[end].startsWith("|") && lines[end].endsWith("|"))
      end++;
    const rows = first < 0 || lines.slice(end).some(line => line.startsWith("|")) ? null : readTable(lines.slice(first, end));
    if (!rows)
      return make("pre", kind, text);
    const table = make("table"), isNumber = rows[0].map((_, at) => rows.slice(1).every(row => /^-?[\d.,]*%?$/.test(row[at])));
    rows.forEach((row, at) => add(table, add(make("tr"), ...row.map((cell, column) => make(at === 0 ? "th" : "td", isNumber[column] ? "n" : "", cell)))));
    const box = make("div", "table"), rest = [lines.slice(0, first).join("\n"), lines.slice(end).join("\n")];
    box.tabIndex = 0;
    return add(box, rest[0] ? make("p", "none", rest[0]) : null, table, rest[1] ? make("p", "none", rest[1]) : null);
  }

  // A program with its tokens; spans are start, length and kind, one after another.
  function code(text, spans) {
    const block = make("div", "code"), lines = make("pre", "lines"), body = make("pre");
    lines.textContent = Array.from(text.replace(/\n$/, "").split("\n"), (_, at) => at + 1).join("\n");
    lines.setAttribute("aria-hidden", "true");
    let at = 0;
    for (let i = 0; i < spans.length; i += 3) {
      body.append(plain(text.slice(at, spans[i])));
      body.append(make("span", "t" + spans[i + 2], text.slice(spans[i], spans[i] + spans[i + 1])));
      at = spans[i] + spans[i + 1];
    }
    body.append(plain(text.slice(at).replace(/\n$/, "")));
    body.tabIndex = 0;
    return add(block, lines, body);
  }

  function startTheme() {
    const button = document.getElementById("theme"), dark = matchMedia("(prefers-color-scheme: dark)");
    let chosen = null;
    const show = () => {
      const theme = chosen ?? (dark.matches ? "dark" : "light");
      document.documentElement.dataset.theme = theme;
      button.textContent = theme === "dark" ? "☀" : "☾";
      button.setAttribute("aria-label", theme === "dark" ? "Show it light" : "Show it dark");
    };
    button.addEventListener("click", () => {
      chosen = document.documentElement.dataset.theme === "dark" ? "light" : "dark";
      show();
    });
    dark.addEventListener("change", show);
    show();
  }

  const read = element => JSON.parse(element.textContent);

  return { plain, make, add, whole, time, money, leftOut, value, code, startTheme, read };
})();
