// What is wrong with HTML mails? Takes a folder of .html files, prints one JSON: {file: {"html": [..], "clients": [..]}}.
// html: broken rules of html-validate. clients: "feature: the mail programs that do not know it", by caniemail.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { caniemail } from "caniemail";
import { HtmlValidate } from "html-validate";

// Of the rules, those are off that mails break on purpose: programs need inline styles, widths as attributes and comments
// for Outlook; <tbody>, quoting and line ends change nothing; what stands on a button that calls is a name, no number.
const rules = {
  "no-inline-style": "off",
  "no-conditional-comment": "off",
  "prefer-tbody": "off",
  "attr-quotes": ["error", { style: "any" }],
  "no-deprecated-attr": "off",
  "long-title": "off",
  "no-trailing-whitespace": "off",
  "tel-non-breaking": "off",
};
// One of each family that caniemail has measured in full.
const clients = [
  "apple-mail.ios", "apple-mail.macos", "gmail.android", "gmail.desktop-webmail", "gmail.ios", "gmail.mobile-webmail",
  "outlook.android", "outlook.ios", "outlook.macos", "outlook.windows", "yahoo.android", "yahoo.desktop-webmail",
  "mail-ru.desktop-webmail", "orange.desktop-webmail", "protonmail.desktop-webmail", "samsung-email.android",
];
const validator = new HtmlValidate({ root: true, extends: ["html-validate:recommended"], rules });

async function brokenRules(html) {
  const report = await validator.validateString(html);
  return report.results.flatMap((result) => result.messages.map((m) => `${m.line}: ${m.ruleId}: ${m.message}`));
}

function unknownFeatures(html) {
  const lacking = new Map();
  for (const [client, issues] of caniemail({ clients, html }).issues.errors) {
    for (const { title } of issues) lacking.set(title, (lacking.get(title) ?? new Set()).add(client));
  }
  return [...lacking].map(([title, by]) => `${title}: ${[...by].sort().join(" ")}`).sort();
}

const folder = process.argv[2];
const found = {};
for (const name of readdirSync(folder).filter((each) => each.endsWith(".html")).sort()) {
  const html = readFileSync(join(folder, name), "utf8");
  found[name] = { html: await brokenRules(html), clients: unknownFeatures(html) };
}
process.stdout.write(JSON.stringify(found));
