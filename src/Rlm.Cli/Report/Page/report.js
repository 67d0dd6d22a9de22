"use strict";
// Draws the run that is chosen, of the data in the page or of newer ones.
const report = (() => {
  const { make, add, whole, time, money, leftOut, value, code, startTheme, read } = pageTools;
  const byId = id => document.getElementById(id);
  const kinds = { turn: 0, program: 1, diagnostics: 2, stage: 3, value: 4, note: 5, words: 6, tool: 7, rootStarted: 8, rootFinished: 9 };
  const field = callField, list = new CallList(markStage), pick = byId("run");
  let data = read(byId("data")), calls = [...document.querySelectorAll("script[data-calls]")].flatMap(read);
  let run, search = "", drawn = new Map();

  // Whether a part of the run is not what is drawn of it.
  function isNew(part, ...values) {
    const text = JSON.stringify(values), isOther = drawn.get(part) !== text;
    drawn.set(part, text);
    return isOther;
  }

  function markStage() {
    for (const row of document.querySelectorAll("#stages button.row"))
      row.setAttribute("aria-pressed", row.dataset.stage === list.stage.value);
  }

  // Shows a run; one that was shown already keeps what is chosen, open and in sight.
  function show(at, isSame = false) {
    run = data.runs[at];
    if (!isSame)
      drawn = new Map();
    run.calls = calls.slice(run.firstCall, run.firstCall + run.listedCalls);
    byId("kind").textContent = run.kind;
    byId("outcome").textContent = run.outcome;
    byId("outcome").className = "chip " + run.tone;
    byId("title").textContent = pageTools.plain(run.title);
    byId("title").className = run.isQuestion ? "" : "code";
    byId("figures").replaceChildren(...run.figures.map(([name, value, more]) => add(make("div"), make("dt", "", name), add(make("dd", "", value), make("small", "", more)))));
    byId("usage").textContent = run.usage;
    if (isNew("answer", data.damage, run.losses, run.tone, run.answer, run.noAnswer, run.citations, run.notes))
      showAnswer();
    showStages();
    if (isNew("turns", run.steps, run.stages.map(stage => stage.calls)))
      showTurns();
    list.show(run, run.calls, data.keepsPrompts, isSame);
    if (run.callCount > run.listedCalls)
      list.count.textContent += "; " + whole(run.callCount - run.listedCalls) + " more are in the journal";
    showFacts();
  }

  function showAnswer() {
    const answer = byId("answer");
    answer.replaceChildren();
    for (const text of data.damage)
      add(answer, make("p", "box warn", text));
    for (const [text, remedy] of run.losses) {
      const box = add(make("div", "box " + (run.tone === "bad" ? "bad" : "warn")), make("p", "", text), remedy ? make("p", "remedy", remedy) : null);
      add(answer, box);
    }
    const panel = make("div", "panel");
    if (run.answer === null)
      add(panel, make("p", "none", run.noAnswer));
    else
      add(panel, run.answer[0] ? value(run.answer[0], "answer") : make("p", "none", "The answer is empty: nothing matched."), leftOut(run.answer[1]));
    if (run.citations.length > 0) {
      const sources = add(make("div", "sources"), make("span", "", "from"));
      for (const [place, quote] of run.citations)
        add(sources, add(make("details"), make("summary", "", place), make("pre", "", quote ?? "The journal does not hold the lines.")));
      add(panel, sources);
    }
    add(answer, panel);
    for (const note of run.notes)
      add(answer, make("p", "box", note));
  }

  // The calls in flight over a stage's time, as columns.
  function addColumns(track, found, length) {
    const columns = 120, busy = new Float64Array(columns), failed = new Float64Array(columns);
    for (const call of found) {
      if (call[field.state] === callState.notMade)
        continue;
      const first = Math.min(columns - 1, Math.floor(call[field.at] / length * columns));
      const last = Math.min(columns - 1, Math.floor((call[field.at] + call[field.took]) / length * columns));
      for (let column = first; column <= last; column++)
        busy[column]++;
      if (call[field.state] >= callState.failed)
        failed[last]++;
    }
    const most = Math.max(1, ...busy);
    for (let column = 0; column < columns; column++) {
      if (busy[column] === 0)
        continue;
      const bar = make("i", failed[column] > 0 ? "badly" : "");
      bar.style.left = column / columns * 100 + "%";
      bar.style.width = 100 / columns + "%";
      bar.style.height = 15 + 85 * busy[column] / most + "%";
      track.append(bar);
    }
  }

  function showStages() {
    const box = byId("stages"), outside = run.outside, focused = box.contains(document.activeElement) ? document.activeElement.dataset.stage : null;
    box.replaceChildren();
    if (run.stages.length === 0 && outside.calls === 0) {
      add(box, make("p", "none", "No paid stage ran, so that nothing was asked of a model."));
      return;
    }
    const length = Math.max(1, run.elapsedMs, ...run.stages.map(stage => Math.max(stage.at, stage.end ?? 0)));
    const chart = make("div", "panel chart"), axis = make("div", "axis"), ticks = make("span", "ticks");
    for (const share of [0, 0.5, 1])
      add(ticks, make("span", "", time(length * share)));
    add(axis, make("span", "", "stage"), ticks, ...["calls", "tokens in", "out", "cost", "failed"].map(name => make("span", "n", name)));
    add(chart, axis);
    const addRow = (row, name, track, numbers, failed) => {
      add(row, name, track, ...numbers.map(([text, tag]) => add(make("span", "n", text), make("span", "tag", " " + tag))));
      add(row, add(make("span", failed ? "n badly" : "n", failed || "–"), make("span", "tag", " failed")));
      add(chart, row);
    };
    if (outside.calls > 0) {
      const row = make("button", "row"), track = make("span", "track");
      row.type = "button";
      row.dataset.stage = "-1";
      addColumns(track, run.calls.filter(call => call[field.stage] < 0), length);
      addRow(row, make("span", "name own", run.isQuestion ? "turns of the root" : "calls outside of stages"), track,
        [[whole(outside.calls), "calls"], [whole(outside.input), "in"], [whole(outside.output), "out"], [money(outside.cost), ""]],
        outside.failedCalls > 0 ? whole(outside.failedCalls) + (outside.failedCalls === 1 ? " call" : " calls") : "");
      row.addEventListener("click", () => chooseStage("-1"));
    }
    const within = run.stages.map(() => []);
    for (const call of run.calls)
      for (let at = call[field.stage]; at >= 0; at = run.stages[at].parent)
        within[at].push(call);
    const most = 300;
    run.stages.slice(0, most).forEach((stage, at) => {
      const row = make("button", "row"), track = make("span", "track"), span = make("span", stage.end === null ? "span open" : "span");
      row.type = "button";
      row.dataset.stage = String(at);
      span.style.left = stage.at / length * 100 + "%";
      span.style.width = ((stage.end ?? length) - stage.at) / length * 100 + "%";
      add(track, span);
      addColumns(track, within[at], length);
      const name = make("span", "name", (at + 1) + ". " + (stage.root ? "root " + stage.root + ": " : "") + stage.text);
      name.title = pageTools.plain(stage.text);
      const bad = [stage.failedCalls > 0 ? whole(stage.failedCalls) + (stage.failedCalls === 1 ? " call" : " calls") : "", stage.failedItems > 0 ? whole(stage.failedItems) + (stage.failedItems === 1 ? " item" : " items") : ""].filter(Boolean).join(", ");
      addRow(row, name, track, [[whole(stage.calls) + (stage.end === null ? " of " + whole(stage.planned) : ""), "calls"], [whole(stage.input), "in"], [whole(stage.output), "out"], [money(stage.cost), ""]], bad);
      row.addEventListener("click", () => chooseStage(String(at)));
    });
    add(box, chart);
    if (focused !== null)
      box.querySelector(`[data-stage="${focused}"]`)?.focus({ preventScroll: true });
    if (run.stages.length > most)
      add(box, make("p", "cut", whole(run.stages.length - most) + " more stages ran; their calls are below."));
    if (run.callCount > run.listedCalls)
      add(box, make("p", "cut", "The columns in the bars are of the first " + whole(run.listedCalls) + " calls; the numbers are of all."));
    if (run.stages.some(stage => stage.end === null))
      add(box, make("p", "cut", "A hatched stage did not come to its end: its numbers are what the journal tells of its calls."));
  }

  function chooseStage(stage) {
    list.filterStage(list.stage.value === stage ? "" : stage);
    byId("h-calls").scrollIntoView({ block: "start" });
    list.list.focus({ preventScroll: true });
  }

  function fits(step) {
    return !search || step.text.toLowerCase().includes(search) || (step.detail ?? "").toLowerCase().includes(search);
  }

  function drawStep(step, children) {
    switch (step.kind) {
      case kinds.program:
        return [code(step.text, step.spans), leftOut(step.leftOut)];
      case kinds.diagnostics:
        return [add(make("div", "box warn"), make("pre", "", step.text), leftOut(step.leftOut))];
      case kinds.value: {
        const text = step.text.startsWith(step.detail + "\n") ? step.text.slice(step.detail.length + 1) : step.text;
        const shown = add(make("details", "value"), add(make("summary"), make("b", "", "value "), make("span", "", step.detail)), value(text, ""), leftOut(step.leftOut));
        shown.open = true;
        return [shown];
      }
      case kinds.note:
        return [make("p", "note", "note: " + step.text)];
      case kinds.words:
        return [add(make("div", "box"), make("pre", "", step.text), leftOut(step.leftOut))];
      case kinds.tool:
        return [make("p", "note", "tool " + step.text + (step.detail ? ": " + step.detail : ""))];
      case kinds.stage: {
        const stage = run.stages[step.number], roots = children.get(step.number);
        const line = make("p", "stageline", "▸ " + (step.number + 1) + ". " + stage.text + " · " + whole(stage.calls) + (stage.calls === 1 ? " call" : " calls"));
        return [line, roots ? drawRoots(roots) : null];
      }
    }
    return [];
  }

  // The roots that a stage asked, each drawn when it is opened.
  function drawRoots(roots) {
    const box = make("div", "roots");
    for (const root of roots) {
      const part = make("details"), end = root.end;
      const told = end ? (end.text ? "answers: " + end.text.slice(0, 200) : "gives no answer: " + (end.detail ?? "")) : "did not come to its end";
      add(part, make("summary", "", "root " + root.name + " " + told));
      part.addEventListener("toggle", () => {
        if (part.open && part.childElementCount === 1)
          add(part, root.start ? make("p", "note", root.start.text) : null, ...drawTurns(root.steps, root.children, root.name));
      });
      add(box, part);
    }
    return box;
  }

  // Steps by root, and below each stage the roots that it asked.
  function groupSteps() {
    const roots = new Map(), own = name => {
      if (!roots.has(name))
        roots.set(name, { name, steps: [], children: new Map(), start: null, end: null });
      return roots.get(name);
    };
    own("");
    const open = new Map();
    for (const step of run.steps) {
      const root = own(step.root);
      if (step.kind === kinds.rootStarted) {
        root.start = step;
        const parent = step.root.includes("/") ? step.root.slice(0, step.root.lastIndexOf("/")) : "", stage = open.get(parent);
        if (stage !== undefined) {
          const children = own(parent).children;
          children.set(stage, [...(children.get(stage) ?? []), root]);
        }
      } else if (step.kind === kinds.rootFinished) {
        root.end = step;
      } else {
        root.steps.push(step);
        if (step.kind === kinds.stage)
          open.set(step.root, step.number);
      }
    }
    return roots;
  }

  function drawTurns(steps, children, rootName) {
    const turns = [];
    for (const step of steps) {
      if (step.kind === kinds.turn || turns.length === 0)
        turns.push({ number: step.kind === kinds.turn ? step.number : 0, at: step.at, steps: [] });
      if (step.kind !== kinds.turn)
        turns[turns.length - 1].steps.push(step);
    }
    const costs = new Map();
    for (const call of run.calls) {
      if (call[field.root] === rootName && call[field.model].startsWith("root") && call[field.state] !== callState.notMade) {
        const sum = costs.get(call[field.turn]) ?? [0, 0, 0];
        costs.set(call[field.turn], [sum[0] + call[field.input], sum[1] + call[field.output], sum[2] + call[field.took]]);
      }
    }
    const shown = turns.filter(turn => !search || turn.steps.some(fits));
    const drawn = shown.map(turn => {
      const part = make("details", "panel turn"), cost = costs.get(turn.number);
      part.open = shown.length <= 40;
      part.dataset.at = turn.at;
      const fill = () => {
        if (part.open && part.childElementCount === 1)
          add(part, add(make("div"), ...turn.steps.flatMap(step => drawStep(step, children))));
      };
      add(part, add(make("summary"), make("b", "", turn.number > 0 ? "Turn " + turn.number : "Program"), make("span", "", "at " + time(turn.at)),
        cost ? make("span", "", "written in " + time(cost[2]) + ", " + whole(cost[0]) + " tokens in, " + whole(cost[1]) + " out") : null));
      part.addEventListener("toggle", fill);
      fill();
      return part;
    });
    return drawn.length < turns.length ? [make("p", "none", whole(drawn.length) + " of " + whole(turns.length) + " hold what is searched for."), ...drawn] : drawn;
  }

  function showTurns() {
    const root = groupSteps().get(""), box = byId("turns"), closed = new Set([...box.querySelectorAll("details.turn:not([open])")].map(part => part.dataset.at));
    box.replaceChildren(...(root.steps.length > 0 ? drawTurns(root.steps, root.children, "") : [make("p", "none", run.noSteps)]));
    for (const part of box.querySelectorAll("details.turn"))
      part.open = part.open && !closed.has(part.dataset.at);
    if (run.leftOutSteps > 0)
      add(box, make("p", "cut", whole(run.leftOutSteps) + " more steps are in the journal."));
  }

  function showFacts() {
    byId("facts").replaceChildren(...run.facts.flatMap(([name, value, isCode]) => [make("dt", "", name), make("dd", isCode ? "code" : "", value)]));
  }

  function searchFor(text) {
    search = text.trim().toLowerCase();
    showTurns();
    list.filterText(text.trim());
  }

  function listenToKeys() {
    const input = byId("search");
    let waiting;
    input.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => searchFor(input.value), 120);
    });
    input.addEventListener("keydown", event => {
      if (event.key === "Escape" && input.value === "")
        list.list.focus();
    });
    document.addEventListener("keydown", event => {
      const isTyping = event.target.closest("input, select, textarea"), isFree = !event.ctrlKey && !event.metaKey && !event.altKey;
      if (!isFree || isTyping)
        return;
      if (event.key === "/") {
        event.preventDefault();
        input.focus();
        input.select();
      } else if ((event.key === "j" || event.key === "k") && document.activeElement !== list.list) {
        event.preventDefault();
        list.list.focus();
        list.take(event);
      }
    });
  }

  function fillPick() {
    pick.replaceChildren(...data.runs.map((one, at) => {
      const option = make("option", "", (at + 1) + ". " + one.title.slice(0, 80).replace(/\s+/g, " "));
      option.value = at;
      return option;
    }));
    byId("pick").hidden = data.runs.length < 2;
  }

  // Takes what is new; who looks at the last run goes on with the last.
  function update(newData, newCalls) {
    const before = data.runs.length, at = pick.value === "" || Number(pick.value) === before - 1 ? newData.runs.length - 1 : Number(pick.value);
    data = newData;
    calls = newCalls;
    const isSame = before > 0 && Number(pick.value) === at;
    begin(at, isSame);
  }

  function begin(at, isSame) {
    document.title = pageTools.plain((data.runs.at(-1)?.title ?? data.journal).slice(0, 80)) + " · rlm";
    byId("unread").textContent = "No run has begun in this journal.";
    byId("unread").hidden = data.runs.length > 0;
    byId("page").hidden = data.runs.length === 0;
    if (data.runs.length === 0)
      return;
    if (isNew("runs", data.runs.map(one => one.title)))
      fillPick();
    pick.value = at;
    show(at, isSame);
  }

  startTheme();
  byId("file").textContent = pageTools.plain(data.journal);
  pick.addEventListener("change", () => show(Number(pick.value)));
  listenToKeys();
  begin(data.runs.length - 1, false);
  return { update };
})();
