// Opens pages of runs in Chromium: node check.mjs RLM CHROMIUM WORK. Pictures are left in WORK.
import { chromium } from "playwright-core";
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { hostile, write } from "./journals.mjs";

const [rlm, executablePath, work, root] = process.argv.slice(2);
const file = name => join(work, name);
let checks = 0;

function check(isRight, what, found) {
  checks++;
  if (!isRight)
    throw new Error(what + (found === undefined ? "" : ": " + JSON.stringify(found)));
}

function equal(found, expected, what) {
  check(JSON.stringify(found) === JSON.stringify(expected), what + ", expected " + JSON.stringify(expected), found);
}

// The page of a journal: how long it took to write, and how much memory.
function report(name) {
  const written = spawnSync("/usr/bin/time", ["-f", "%e %M", rlm, "report", file(name + ".jsonl"), "-o", file(name + ".html"), "-q"], { encoding: "utf8" });
  equal(written.status, 0, name + " is written");
  return written.stderr;
}

mkdirSync(work, { recursive: true });
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });

async function open(name, { width = 1280, height = 900, colorScheme = "light", ready = ".call, #detail .none" } = {}) {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme }), page = await context.newPage(), asked = [], said = [], url = pathToFileURL(file(name + ".html")).href;
  await context.route("**/*", route => {
    if (route.request().url() === url)
      return route.continue();
    asked.push(route.request().url());
    return route.abort();
  });
  page.on("request", request => request.url() === url || asked.push(request.url()));
  page.on("console", message => said.push(message.text()));
  page.on("pageerror", error => said.push(error.message));
  page.on("dialog", dialog => said.push("dialog") && dialog.dismiss());
  const began = Date.now();
  await page.goto(url);
  await page.locator("#page").waitFor();
  await page.locator(ready).first().waitFor();
  return {
    page, openedMs: Date.now() - began,
    async close() {
      equal(asked, [], name + " asks for nothing");
      equal(said, [], name + " says nothing on the console");
      equal(await page.evaluate(() => window.hurt ?? null), null, name + " runs nothing of a text");
      await context.close();
    },
  };
}

const widths = page => page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
const chosen = page => page.locator(".call[aria-selected=true]").evaluate(row => Number(row.dataset.place));

// A run that a scripted model answers, with failures, retries and replies of no use.
async function makeRun() {
  const model = spawn(process.execPath, [join(import.meta.dirname, "model.mjs")], { stdio: ["ignore", "pipe", "inherit"] });
  try {
    const port = await new Promise(done => model.stdout.once("data", data => done(String(data).trim())));
    rmSync(file("run.jsonl"), { force: true });
    const run = spawn(rlm, ["ask", "Which mails ask for money back because something came late?", "-c", join(root, "samples/mails.txt"), "--base-url", `http://127.0.0.1:${port}/v1`, "-m", "scripted",
      "--price", "0.25/2", "--journal", file("run.jsonl"), "--journal-prompts"], { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, NO_COLOR: "1" } });
    let told = "";
    run.stdout.resume();
    run.stderr.on("data", data => told += data);
    await new Promise(done => run.once("close", done));
    return told.trimEnd().split("\n").at(-1).replace("rlm: ", "");
  } finally {
    model.kill();
  }
}

async function checkRun() {
  const usage = await makeRun();
  report("run");
  const shown = await open("run"), { page } = shown, calls = page.locator("#count");
  equal(await page.locator("#usage").textContent(), usage, "the figures are those that rlm told");
  equal(await page.locator("h1").textContent(), "Which mails ask for money back because something came late?", "the question");
  check(await page.locator(".code .t1").count() > 5, "programs are coloured");
  check(await page.locator("details.turn").count() >= 3, "turns are there");

  const source = page.locator(".sources details").first();
  await source.locator("summary").click();
  check((await source.locator("pre").textContent()).startsWith("===== mail "), "a citation opens the quoted lines");

  // By keys alone: the search, what it finds, the calls, a reply, and back.
  await page.keyboard.press("/");
  equal(await page.evaluate(() => document.activeElement.id), "search", "/ goes to the search");
  const all = await calls.textContent();
  await page.keyboard.type("I would say it is late");
  await page.waitForFunction(before => document.getElementById("count").textContent !== before, all);
  check(/^\d+ of \d+ calls$/.test(await calls.textContent()), "the search finds some calls", await calls.textContent());
  check(await page.locator(".call .reply").first().evaluate(reply => reply.textContent.includes("I would say")), "and shows them");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await page.waitForFunction(before => document.getElementById("count").textContent === before, all);
  equal(await page.evaluate(() => document.activeElement.id), "list", "Escape goes to the calls");
  await page.keyboard.press("j");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("k");
  equal(await chosen(page), 1, "j, k and arrows choose");
  check(await page.locator("#list").evaluate(list => getComputedStyle(list).outlineStyle !== "none"), "the focus is seen");
  await page.keyboard.press("Enter");
  equal(await page.evaluate(() => document.activeElement.id), "detail", "Enter goes to the reply");
  await page.keyboard.press("Escape");
  await page.keyboard.press("End");
  equal(await chosen(page), Number(all.split(" ")[0]) - 1, "End chooses the last");

  await page.selectOption("#state", "1");
  await page.locator(".call").first().click();
  check((await page.locator("#detail").textContent()).includes("is none of the labels"), "a reply of no use says why");
  await page.locator("#detail details summary").last().click();
  check(await page.locator("#detail details[open] pre").isVisible(), "a prompt opens");
  await page.selectOption("#state", "2");
  check((await page.locator("#detail").textContent()).includes("500"), "a failure says why");
  await page.selectOption("#state", "");
  await page.locator("button.row").last().click();
  check((await calls.textContent()).includes(" of "), "a stage's bar filters the calls");
  await page.locator("button.row").last().click();
  equal(await calls.textContent(), all, "and once more shows all");
  const tabs = [];
  await page.locator(".skip").focus();
  for (let at = 0; at < 2; at++) {
    await page.keyboard.press("Tab");
    tabs.push(await page.evaluate(() => document.activeElement.id));
  }
  equal(tabs, ["search", "theme"], "Tab goes through the head");
  const before = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await page.locator("#theme").click();
  check(await page.evaluate(() => getComputedStyle(document.body).backgroundColor) !== before, "the sign makes it dark");
  await page.locator("#theme").click();
  await page.evaluate(() => window.scrollTo(0, 0));
  await page.screenshot({ path: file("wide-light.png"), fullPage: true });
  await shown.close();

  for (const [name, width, colorScheme] of [["wide-dark", 1280, "dark"], ["narrow", 360, "light"]]) {
    const other = await open("run", { width, colorScheme });
    const [found, room] = await widths(other.page);
    check(found <= room, name + " does not scroll sideways", [found, room]);
    equal(await other.page.evaluate(() => document.documentElement.dataset.theme), colorScheme, "the theme of the system");
    await other.page.screenshot({ path: file(name + ".png"), fullPage: true });
    await other.close();
  }
}

async function checkMany(name, calls) {
  const [seconds, kilobytes] = report(name).trim().split(" "), shown = await open(name), { page } = shown, count = calls.toLocaleString("en-US") + " calls";
  equal(await page.locator("#count").textContent(), count, "all calls are there");
  check(await page.locator(".call").count() < 100, "only rows in sight are elements");
  await page.locator("#list").evaluate(list => list.scrollTop = list.scrollHeight);
  await page.locator(`.call[aria-posinset="${calls}"]`).waitFor();
  await page.locator("#list").evaluate(list => list.scrollTop = list.scrollHeight / 2);
  await page.locator(`.call[aria-posinset="${calls / 2}"]`).waitFor();
  await page.selectOption("#order", "took");
  equal(await page.locator("#count").textContent(), count, "they are sorted");
  await page.keyboard.press("/");
  await page.locator("#search").fill("no text has this");
  await page.locator("#detail .none").waitFor();
  await shown.close();
  console.log(`${calls.toLocaleString("en-US")} calls: journal ${megabytes(name + ".jsonl")} MB, written in ${seconds} s with ${Math.round(kilobytes / 1024)} MB of memory, page ${megabytes(name + ".html")} MB, opened in ${(shown.openedMs / 1000).toFixed(1)} s`);
}

const megabytes = name => (statSync(file(name)).size / 1e6).toFixed(1);

// Ten thousand calls of the built-in model.
function makeTenThousand() {
  rmSync(file("ten-thousand.jsonl"), { force: true });
  execFileSync(rlm, ["run", "-e", "answer context | lines | map llm \"Is line {line} an error? {it}\" as one of [\"yes\", \"no\"] pack 1 | count by it", "-c", join(root, "samples/server.log"), "-m", "offline",
    "--max-calls", "20000", "--journal", file("ten-thousand.jsonl"), "-q"], { stdio: "ignore" });
}

async function checkHostile() {
  const program = "# </script><script>window.hurt = 1</script>\nanswer context | llm \"<img src=x onerror='window.hurt = 1'>\"";
  await write(file("hostile.jsonl"), 60, () => hostile, program);
  report("hostile");
  for (const width of [1280, 360]) {
    const shown = await open("hostile", { width }), { page } = shown;
    for (let at = 0; at < 3; at++)
      await page.locator(".call").nth(at).click();
    await page.evaluate(() => document.querySelectorAll("details").forEach(part => part.open = true));
    const [found, room] = await widths(page);
    check(found <= room, "long lines do not scroll sideways", [found, room]);
    equal(await page.locator("img").count(), 0, "no element comes of a text");
    const text = await page.evaluate(() => document.body.innerText);
    check(text.includes("⟨U+202E⟩") && text.includes("␀") && !/[\u202e\u0000\u2066]/.test(text), "characters that steer are shown");
    await shown.close();
  }
}

async function checkPlan() {
  const plan = ["explain", join(root, "samples/mails-refunds.rlm"), "-c", join(root, "samples/mails.txt"), "-m", "offline", "--price", "0.25/2", "-q"];
  execFileSync(rlm, [...plan, "--html", file("plan.html")]);
  const told = execFileSync(rlm, plan, { encoding: "utf8" });
  for (const width of [1280, 360]) {
    const shown = await open("plan", { width, ready: ".node" }), { page } = shown;
    equal(await page.locator(".node.paid").count(), 2, "paid stages are told from free ones");
    check(told.includes(await page.locator(".node.paid p.cost").first().textContent()), "with the numbers of rlm explain");
    const [found, room] = await widths(page);
    check(found <= room, "a plan does not scroll sideways", [found, room]);
    await page.screenshot({ path: file("plan-" + width + ".png"), fullPage: true });
    await shown.close();
  }
}

async function checkEdges() {
  await write(file("cut.jsonl"), 40);
  const lines = readFileSync(file("cut.jsonl"), "utf8").split("\n");
  writeFileSync(file("cut.jsonl"), lines.slice(0, 20).join("\n") + "\n{\"event\":\"cal");
  report("cut");
  const killed = await open("cut");
  equal(await killed.page.locator("#outcome").textContent(), "not finished", "a killed run says so");
  await killed.close();

  writeFileSync(file("empty.jsonl"), lines[0] + "\n");
  report("empty");
  const context = await browser.newContext(), page = await context.newPage();
  await page.goto(pathToFileURL(file("empty.html")).href);
  equal(await page.locator("#unread").textContent(), "No run has begun in this journal.", "a journal without a run says so");
  const whole = readFileSync(file("cut.html"));
  writeFileSync(file("short.html"), whole.subarray(0, whole.length / 2));
  await page.goto(pathToFileURL(file("short.html")).href);
  check(await page.locator("#unread").isVisible(), "a page that was cut short says so");
  await context.close();
}

try {
  await checkRun();
  makeTenThousand();
  await checkMany("ten-thousand", 10000);
  await write(file("many.jsonl"), 100000);
  await checkMany("many", 100000);
  await checkHostile();
  await checkEdges();
  await checkPlan();
  console.log(checks + " checks of pages in " + browser.version());
} finally {
  await browser.close();
}
