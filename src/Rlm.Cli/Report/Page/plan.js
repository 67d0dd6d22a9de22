"use strict";
// Draws a plan: what flows from stage to stage, what is free, and what is paid.
(() => {
  const { make, add, code, startTheme, read } = pageTools;
  const byId = id => document.getElementById(id), plan = read(byId("data"));

  function drawStage(stage) {
    const node = make("div", stage.spending ? "node paid" : "node"), head = make("div", "head");
    add(head, make("pre", "", stage.text), stage.spending ? make("span", "cost", "paid") : stage.isSource ? null : make("span", "free", "free"));
    add(node, head, make("p", "flow", stage.flow), stage.spending ? make("p", "cost", stage.spending) : null);
    for (const remark of stage.remarks)
      add(node, make("p", "remark", remark));
    return node;
  }

  startTheme();
  byId("file").textContent = pageTools.plain(plan.program);
  byId("outcome").textContent = plan.outcome;
  byId("outcome").className = "chip " + plan.tone;
  byId("figures").replaceChildren(...plan.figures.map(([name, value, more]) => add(make("div"), make("dt", "", name), add(make("dd", "", value), make("small", "", more)))));
  for (const remark of plan.dropped)
    add(byId("remarks"), make("p", "box", remark));
  add(byId("program"), code(plan.text, plan.spans));
  let statement = null;
  for (const stage of plan.stages) {
    if (stage.isSource || stage.statement !== statement)
      add(byId("graph"), make("h3", "", statement = stage.statement));
    else
      add(byId("graph"), make("div", "edge"));
    add(byId("graph"), drawStage(stage));
  }
  for (const line of plan.end)
    add(byId("end"), make("p", "box", line));
  byId("unread").remove();
  byId("page").hidden = false;
})();
