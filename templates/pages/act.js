"use strict";
// Live links while a letter is edited, Copy and Share. The page works without; what is typed leaves it in no other way.
(() => {
  const LONGEST = 1600; // characters of a mailto link, as core/mailto.py has it
  const find = id => document.getElementById(id);
  const spoken = find("spoken"), mail = find("mail"), name = find("sign");
  const letters = [...document.querySelectorAll(".task")].filter(form => form.elements.text);
  if (!spoken) return;
  const encode = text => encodeURIComponent(text).replace(/[!'()*]/g, sign => "%" + sign.charCodeAt(0).toString(16).toUpperCase());
  const line = text => text.replace(/\s+/g, " ").replace(/=\?/g, "= ?").trim();
  const shown = (form, field) => form.querySelector("." + field)?.textContent ?? "";
  const addresses = text => text.split(", ").map(each => encode(each).replace("%40", "@")).join(",");
  const mailto = (form, whole) => {
    const { subject, text } = form.elements;
    const fields = [["cc", addresses(shown(form, "cc"))], ["bcc", addresses(shown(form, "bcc"))], ["subject", encode(line(subject.value))]];
    if (whole) fields.push(["body", encode(text.value.trimEnd().replace(/\n/g, "\r\n"))]);
    return "mailto:" + addresses(shown(form, "to")) + "?" + fields.filter(pair => pair[1]).map(pair => pair.join("=")).join("&");
  };
  const compose = (form, { prefix, limit, fields }) => {
    const url = whole => {
      const link = mailto(form, whole);
      return prefix + (fields === undefined ? encode(link) : "to=" + link.slice(7).replace("?", "&"));
    };
    return url(true).length > limit ? url(false) : url(true);
  };
  const relink = form => {
    const button = form.querySelector(".mailto"), webmail = form.querySelector(".webmail");
    if (!button) return;
    const option = mail.selectedOptions[0], whole = mailto(form, true).length <= LONGEST;
    button.href = mailto(form, whole);
    form.querySelector(".press").textContent = whole ? spoken.dataset.whole : spoken.dataset.part;
    webmail.hidden = !option.value;
    webmail.href = option.value ? compose(form, option.dataset) : "";
    webmail.textContent = spoken.dataset.open.replace("{name}", option.text);
  };
  const resign = form => {
    const { text, short, sign, was } = form.elements;
    if (!sign) return;
    sign.value = line(name.value);
    for (const box of [text, short].filter(Boolean)) {
      const lines = box.value.split("\n");
      const last = lines.findLastIndex((each, place) => was.value && place >= lines.length - 6 && each.trim() === was.value);
      if (last >= 0) lines.splice(last, 1, ...[sign.value].filter(Boolean));
      else if (sign.value) lines.push("", sign.value);
      box.value = lines.join("\n").trimEnd();
    }
    was.value = sign.value;
    relink(form);
  };
  const copy = async (button, text) => {
    const words = button.textContent;
    let said = spoken.dataset.copied;
    try { await navigator.clipboard.writeText(text); } catch { said = spoken.dataset.failed; }
    spoken.textContent = "";
    setTimeout(() => { spoken.textContent = said; }, 50);
    button.textContent = said;
    setTimeout(() => { button.textContent = words; }, 2000);
  };
  const enliven = form => {
    const { subject, text, short } = form.elements, row = form.querySelector(".live");
    row.append(find("live").content.cloneNode(true));
    for (const button of row.children) {
      const field = button.dataset.copy;
      const value = () => field === "to" ? shown(form, "to") : form.elements[field].value;
      const press = field ? () => copy(button, value()) : () => navigator.share({ title: subject.value, text: text.value }).catch(() => {});
      button.hidden = field ? !value() : !navigator.share;
      button.addEventListener("click", press);
    }
    row.hidden = false;
    form.querySelector(".still").hidden = true;
    form.addEventListener("input", () => relink(form));
    if (short) text.addEventListener("input", () => { short.parentElement.hidden = true; }); // it is not of those words
  };
  const uncount = find("uncount");
  uncount?.addEventListener("click", event => {
    event.preventDefault(); // the page would come anew, without the words that were typed
    history.replaceState(null, "", uncount.href);
    for (const each of document.querySelectorAll(".bcc")) each.parentElement.remove();
    uncount.parentElement.textContent = uncount.dataset.done;
    letters.forEach(relink);
  });
  letters.forEach(enliven);
  name?.addEventListener("change", () => letters.forEach(resign));
  mail.addEventListener("change", () => letters.forEach(relink));
})();
