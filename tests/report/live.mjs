// Looks at the pages of a server while a run goes on: node live.mjs RLM RLM-SERVER CHROMIUM WORK ROOT. Pictures are left in WORK.
import { chromium } from "playwright-core";
import { spawn } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import http from "node:http";
import { join } from "node:path";

const [rlm, server, executablePath, work, root] = process.argv.slice(2);
const home = join(work, "home"), env = { ...process.env, XDG_STATE_HOME: join(home, "state"), XDG_CONFIG_HOME: join(home, "config"), NO_COLOR: "1" };
let checks = 0;

function check(isRight, what, found) {
  checks++;
  if (!isRight)
    throw new Error(what + (found === undefined ? "" : ": " + JSON.stringify(found)));
}

function equal(found, expected, what) {
  check(JSON.stringify(found) === JSON.stringify(expected), what + ", expected " + JSON.stringify(expected), found);
}

// A model that answers when it is told to.
const waiting = [];
let isOpen = false;
const answer = response => {
  response.writeHead(200, { "content-type": "application/json" });
  response.end(JSON.stringify({ id: "1", object: "chat.completion", model: "m", choices: [{ index: 0, finish_reason: "stop", message: { role: "assistant", content: "yes" } }], usage: { prompt_tokens: 50, completion_tokens: 1 } }));
};
const model = http.createServer((request, response) => {
  if (request.url !== "/v1/chat/completions") {
    response.writeHead(404).end();
    return;
  }
  request.resume();
  request.on("end", () => isOpen ? answer(response) : waiting.push(response));
});
await new Promise(done => model.listen(0, "127.0.0.1", done));
const release = count => waiting.splice(0, count).forEach(answer);
const isHeld = async count => {
  while (waiting.length < count)
    await new Promise(done => setTimeout(done, 20));
};
const base = `http://127.0.0.1:${model.address().port}/v1`;

rmSync(home, { recursive: true, force: true });
mkdirSync(home, { recursive: true });
writeFileSync(join(home, "rows"), Array.from({ length: 40 }, (_, at) => `row ${at}`).join("\n"));
const served = spawn(server, ["--listen", "127.0.0.1:0", "--base-url", base, "-m", "m"], { stdio: ["ignore", "pipe", "pipe"], env });
let told = "";
const address = await new Promise((done, fail) => {
  served.once("exit", () => fail(new Error("rlm-server does not serve: " + told)));
  served.stderr.on("data", data => told += data);
  served.stdout.once("data", data => done(String(data).trim().replace(/\/v1$/, "")));
});
const over = child => new Promise(done => child.once("exit", done)), ended = over(served);
const ask = (program, file) => over(spawn(rlm, ["run", "-e", program, "-c", file, "--base-url", base, "-m", "m", "--price", "1/2", "--parallel", "4", "-q"], { stdio: "ignore", env }));

const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
const context = await browser.newContext({ viewport: { width: 1280, height: 900 } }), page = await context.newPage(), asked = [], said = [];
page.on("request", request => request.url().startsWith(address) || asked.push(request.url()));
page.on("console", message => said.push(message.text()));
page.on("pageerror", error => said.push(error.message));

try {
  await page.goto(address);
  equal(await page.locator("#count").textContent(), "No run is kept yet.", "an empty list says so");

  const run = ask('answer context | lines | where llm "Is it even? {it}" pack 1 | count', join(home, "rows"));
  // A few calls go ahead of the others.
  await isHeld(1);
  await page.locator("a.run").waitFor();
  equal(await page.locator("a.run .chip").textContent(), "not finished", "a run that begins stands in the list without a reload");
  release(4);
  await isHeld(4);
  release(4);
  await isHeld(4);
  await page.locator("a.run").click();
  await page.locator("#page").waitFor();
  await page.waitForFunction(() => document.querySelectorAll(".call").length >= 5);
  equal(await page.locator("#outcome").textContent(), "not finished", "its page says that it goes on");
  equal(await page.locator("#live").textContent(), "live", "and is told what is new");

  await page.locator(".call").nth(2).click();
  await page.selectOption("#order", "at");
  await page.locator(".call").nth(1).click();
  const chosen = await page.locator("#detail h3").textContent();
  await page.locator("#detail h3").evaluate(head => head.dataset.kept = "yes");
  for (let at = 0; at < 5; at++) {
    release(4);
    await isHeld(4);
  }
  await page.waitForFunction(() => parseInt(document.getElementById("count").textContent) >= 24);
  equal(await page.locator("#detail h3").textContent(), chosen, "the call that is looked at stays");
  equal(await page.locator("#detail h3").getAttribute("data-kept"), "yes", "and is not drawn anew");
  equal(await page.locator("#order").inputValue(), "at", "so does the order");
  await page.screenshot({ path: join(work, "live.png"), fullPage: true });

  isOpen = true;
  release(100);
  equal(await run, 0, "the run comes to its end");
  await page.waitForFunction(() => document.getElementById("outcome").textContent === "answered");
  await page.waitForFunction(() => document.getElementById("live").textContent === "over");
  equal(await page.locator("#count").textContent(), "40 calls", "all calls are there");
  check((await page.locator("#answer").textContent()).includes("40"), "and the answer");

  await page.locator("#up").click();
  await page.locator("a.run .chip.good").waitFor();
  await ask('answer context | lines | first 3 | map llm "Say <b>{it}</b>" pack 1', join(home, "rows"));
  await page.waitForFunction(() => document.querySelectorAll("a.run").length === 2);
  await page.locator("#search").fill("even?");
  equal(await page.locator("#count").textContent(), "1 of 2 runs", "the list is searched");
  await page.locator("#search").fill("");
  equal(await page.locator("#runs b").count(), 0, "no element comes of a text");
  for (const [width, name] of [[1280, "runs"], [360, "runs-narrow"]]) {
    await page.setViewportSize({ width, height: 900 });
    const [found, room] = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
    check(found <= room, name + " does not scroll sideways", [found, room]);
    await page.screenshot({ path: join(work, name + ".png"), fullPage: true });
  }
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  check(await page.evaluate(() => document.activeElement.matches("a.run")), "Tab goes to the runs");
  await page.keyboard.press("Enter");
  await page.locator("#page").waitFor();

  const gone = await context.request.get(address + "/runs/20200101-000000"), head = (await context.request.get(address + "/runs/last")).headers();
  equal(gone.status(), 404, "a run that is not there is not found");
  equal([head["cache-control"], head["x-frame-options"]], ["no-store", "DENY"], "nobody keeps or frames a page");

  equal(asked, [], "no page asks anybody else");
  equal(said, [], "no page says anything on the console");
  served.kill("SIGTERM");
  await page.waitForFunction(() => document.getElementById("live").textContent.includes("the server is not there") || document.getElementById("live").textContent === "over");
  equal(await ended, 0, "a page that listens does not hold the server");
  console.log(checks + " checks of live pages");
} finally {
  await browser.close();
  served.kill("SIGKILL");
  model.closeAllConnections();
  model.close();
}
