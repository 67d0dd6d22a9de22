"use strict";
// The calls of a run: a list of which only the rows in sight are elements, and the call that is chosen.
const callField = { stage: 0, turn: 1, root: 2, model: 3, at: 4, took: 5, state: 6, input: 7, cached: 8, output: 9, cost: 10, retries: 11, reason: 12, reply: 13, cut: 14, prompt: 15 };
const callState = { replied: 0, unusable: 1, failed: 2, stopped: 3, notMade: 4 };

class CallList {
  constructor(onFilter) {
    this.rowHeight = 30;
    this.list = document.getElementById("list");
    this.space = document.getElementById("space");
    this.detail = document.getElementById("detail");
    this.state = document.getElementById("state");
    this.stage = document.getElementById("stage");
    this.order = document.getElementById("order");
    this.count = document.getElementById("count");
    this.rows = new Map();
    this.found = [];
    this.onFilter = onFilter;
    this.list.addEventListener("scroll", () => requestAnimationFrame(() => this.draw()));
    new ResizeObserver(() => this.draw()).observe(this.list);
    this.list.addEventListener("keydown", event => this.take(event));
    this.list.addEventListener("click", event => {
      const row = event.target.closest(".call");
      if (row)
        this.choose(Number(row.dataset.place));
    });
    this.detail.addEventListener("keydown", event => {
      if (event.key === "Escape")
        this.list.focus();
    });
    for (const select of [this.state, this.stage, this.order])
      select.addEventListener("change", () => this.filter());
    this.fill(this.state, [["", "all"], ["0", "replied"], ["1", "reply of no use"], ["2", "failed"], ["3", "stopped by a limit"], ["4", "not made"]]);
    this.fill(this.order, [["", "as they ended"], ["at", "as they began"], ["took", "slowest first"], ["input", "most tokens in"], ["output", "most tokens out"], ["cost", "dearest first"]]);
  }

  fill(select, choices) {
    select.replaceChildren(...choices.map(([value, text]) => {
      const option = pageTools.make("option", "", text);
      option.value = value;
      return option;
    }));
  }

  // Shows the calls of a run; of one that was shown already there are more, and what is chosen stays.
  show(run, calls, keepsPrompts, isSame) {
    const before = isSame ? { stage: this.stage.value, state: this.state.value, order: this.order.value, top: this.list.scrollTop, place: this.found[this.chosen] } : null;
    const known = this.calls?.[before?.place], stages = JSON.stringify(run.stages.map(stage => stage.text));
    this.run = run;
    this.calls = calls;
    this.keepsPrompts = keepsPrompts;
    if (before && stages === this.stages) {
      this.filter(before, known);
      return;
    }
    this.stages = stages;
    this.fill(this.stage, [["", "all"], ["-1", "turns of the root"], ...run.stages.map((stage, at) => [String(at), (at + 1) + ". " + stage.text])]);
    this.search = this.search ?? "";
    this.state.value = before?.state ?? "";
    this.order.value = before?.order ?? "";
    this.stage.value = before?.stage ?? "";
    this.filter(before, known);
  }

  filterStage(stage) {
    this.stage.value = stage;
    this.filter();
  }

  filterText(text) {
    this.search = text.toLowerCase();
    this.filter();
  }

  // A stage with the stages of the roots that it asked.
  stagesOf(stage) {
    const found = new Set([stage]);
    this.run.stages.forEach((other, at) => {
      if (found.has(other.parent))
        found.add(at);
    });
    return found;
  }

  holds(call, text) {
    const field = callField;
    return (call[field.reply] ?? "").toLowerCase().includes(text) || (call[field.reason] ?? "").toLowerCase().includes(text)
      || call[field.model].toLowerCase().includes(text) || (call[field.prompt] ?? []).some(message => message[1].toLowerCase().includes(text));
  }

  // What fits the filters; where that is done anew for more calls, what is chosen and in sight stays.
  filter(before = null, known = null) {
    const field = callField, state = this.state.value, stages = this.stage.value === "" ? null : this.stagesOf(Number(this.stage.value));
    this.found = [];
    this.calls.forEach((call, place) => {
      if ((state === "" || call[field.state] === Number(state)) && (!stages || stages.has(call[field.stage])) && (!this.search || this.holds(call, this.search)))
        this.found.push(place);
    });
    const order = this.order.value;
    if (order === "at")
      this.found.sort((one, other) => this.calls[one][field.at] - this.calls[other][field.at]);
    else if (order)
      this.found.sort((one, other) => (this.calls[other][field[order]] ?? -1) - (this.calls[one][field[order]] ?? -1));
    const all = this.calls.length, shown = this.found.length;
    this.count.textContent = (shown === all ? pageTools.whole(all) : pageTools.whole(shown) + " of " + pageTools.whole(all)) + (all === 1 ? " call" : " calls");
    this.list.classList.toggle("few", shown < 14);
    this.space.style.height = shown * this.rowHeight + "px";
    for (const row of this.rows.values())
      row.remove();
    this.rows.clear();
    this.list.scrollTop = before?.top ?? 0;
    this.draw();
    const kept = before ? this.found.indexOf(before.place) : -1, isKnown = kept >= 0 && JSON.stringify(known) === JSON.stringify(this.calls[before.place]);
    this.choose(kept >= 0 ? kept : shown > 0 ? 0 : -1, false, !isKnown);
    this.onFilter();
  }

  draw() {
    const first = Math.max(0, Math.floor(this.list.scrollTop / this.rowHeight) - 4);
    const last = Math.min(this.found.length, Math.ceil((this.list.scrollTop + this.list.clientHeight) / this.rowHeight) + 4);
    for (const [at, row] of this.rows) {
      if (at < first || at >= last) {
        row.remove();
        this.rows.delete(at);
      }
    }
    for (let at = first; at < last; at++) {
      if (!this.rows.has(at)) {
        const row = this.makeRow(at);
        this.rows.set(at, row);
        this.space.append(row);
      }
    }
  }

  makeRow(at) {
    const { make, add, whole, time, money } = pageTools, field = callField, call = this.calls[this.found[at]], row = make("div", "call");
    row.id = "call-" + at;
    row.dataset.place = at;
    row.style.top = at * this.rowHeight + "px";
    row.setAttribute("role", "option");
    row.setAttribute("aria-posinset", at + 1);
    row.setAttribute("aria-setsize", this.found.length);
    row.setAttribute("aria-selected", at === this.chosen);
    const state = call[field.state], isWell = state === callState.replied || state === callState.unusable;
    const text = (isWell ? call[field.reply] : call[field.reason]) ?? "";
    const kind = state === callState.replied ? "reply" : state === callState.unusable ? "reply warn" : "reply badly";
    return add(row, make("span", "", whole(this.found[at] + 1)), make("span", "", time(call[field.at])), make("span", "", time(call[field.took])),
      make("span", "", whole(call[field.input])), make("span", "", whole(call[field.output])), make("span", "", money(call[field.cost])),
      make("span", kind, text.slice(0, 300).replace(/\s+/g, " ")));
  }

  choose(at, scrolls = true, describes = true) {
    this.rows.get(this.chosen)?.setAttribute("aria-selected", "false");
    this.chosen = at;
    if (at < 0) {
      this.list.removeAttribute("aria-activedescendant");
      this.detail.replaceChildren(pageTools.make("p", "none", this.calls.length === 0 ? "This run made no call." : "No call fits."));
      return;
    }
    if (scrolls) {
      const top = at * this.rowHeight, room = this.list.clientHeight;
      if (top < this.list.scrollTop)
        this.list.scrollTop = top;
      else if (top + this.rowHeight > this.list.scrollTop + room)
        this.list.scrollTop = top + this.rowHeight - room;
    }
    this.draw();
    this.rows.get(at)?.setAttribute("aria-selected", "true");
    this.list.setAttribute("aria-activedescendant", "call-" + at);
    if (describes)
      this.describe(this.found[at]);
  }

  describe(place) {
    const { make, add, whole, time, money, leftOut } = pageTools, field = callField, call = this.calls[place], state = call[field.state];
    const facts = make("dl", "facts"), fact = (name, value) => add(facts, make("dt", "", name), make("dd", "", value));
    const stage = call[field.stage] >= 0 ? this.run.stages[call[field.stage]] : null;
    if (call[field.reason])
      fact(["", "of no use", "failed", "stopped", "not made"][state] || "why", call[field.reason]);
    fact("stage", stage ? (call[field.stage] + 1) + ". " + stage.text : call[field.model].startsWith("root") ? "a turn of the root" : "not told by the journal");
    if (call[field.turn] > 0)
      fact("turn", call[field.turn]);
    if (call[field.root])
      fact("root", call[field.root]);
    fact("model", call[field.model] || "not told by the journal");
    fact("began", time(call[field.at]));
    if (state !== callState.notMade)
      fact("took", state === callState.stopped ? "not told by the journal" : time(call[field.took]));
    fact("tokens", whole(call[field.input]) + " in" + (call[field.cached] > 0 ? " (" + whole(call[field.cached]) + " cached)" : "") + ", " + whole(call[field.output]) + " out");
    fact("cost", call[field.cost] === null ? "not known" : money(call[field.cost]));
    if (call[field.retries] > 0)
      fact("attempts", whole(call[field.retries] + 1));
    this.detail.replaceChildren(make("h3", "", "Call " + whole(place + 1)), facts);
    if (call[field.reply] !== null)
      add(this.detail, make("h4", "", "Reply"), make("pre", "", call[field.reply] || "(empty)"), leftOut(call[field.cut]));
    for (const [role, text, cut] of call[field.prompt] ?? [])
      add(this.detail, add(make("details"), make("summary", "", "Prompt, " + role), make("pre", "", text), leftOut(cut)));
    if (!call[field.prompt])
      add(this.detail, make("p", "cut", this.keepsPrompts ? "The journal holds no prompt of this call." : "The journal holds no prompts: --journal-prompts keeps them."));
    this.detail.scrollTop = 0;
  }

  take(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || this.found.length === 0)
      return;
    const page = Math.max(1, Math.floor(this.list.clientHeight / this.rowHeight) - 1), last = this.found.length - 1, at = this.chosen;
    const next = { ArrowDown: at + 1, j: at + 1, ArrowUp: at - 1, k: at - 1, PageDown: at + page, PageUp: at - page, Home: 0, End: last }[event.key];
    if (next !== undefined) {
      event.preventDefault();
      this.choose(Math.min(last, Math.max(0, next)));
    } else if (event.key === "Enter") {
      event.preventDefault();
      this.detail.focus();
    }
  }
}
