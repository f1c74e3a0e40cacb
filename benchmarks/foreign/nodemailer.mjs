// How fast does nodemailer send the same letters? `node nodemailer.mjs PORT TEMPLATE.json ROWS.jsonl`
//
// Law: it is used as its documentation says for many letters: one transport with a pool of 16 connections, without a
// limit of letters for each. What is personal is filled in by joining strings, the cheapest way that there is.
import { readFileSync } from "node:fs";
import nodemailer from "nodemailer";

const CONNECTIONS = 16;
const WAITING = 64; // letters handed to the pool at once

const [port, template, rows] = process.argv.slice(2);
const letter = JSON.parse(readFileSync(template, "utf8"));
const people = readFileSync(rows, "utf8").trim().split("\n").map((line) => JSON.parse(line));

const filler = (text) => {
  const pieces = text.split(/@@(\w+)@@/);
  return (values) => pieces.map((piece, place) => (place % 2 ? values[piece] : piece)).join("");
};
const text = filler(letter.text);
const html = filler(letter.html);
const transport = nodemailer.createTransport({
  host: "127.0.0.1",
  port: Number(port),
  secure: false,
  ignoreTLS: true,
  pool: true,
  maxConnections: CONNECTIONS,
  maxMessages: Infinity,
});

let next = 0;
const work = async () => {
  while (next < people.length) {
    const person = people[next++];
    await transport.sendMail({
      from: "Example Solidarity <campaigns@solidarity.example>",
      to: { name: person.name, address: person.email },
      subject: letter.subject,
      text: text(person),
      html: html(person),
    });
  }
};
await Promise.all(Array.from({ length: WAITING }, work));
transport.close();
