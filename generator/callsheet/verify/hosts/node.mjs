// A batch host (see `batch/host.py`) for Node.js programs: one realm, in which each program is a
// module of its own. The next one starts when the event loop is empty, which is when a process of
// its own would have ended. One that leaves anything changed is the last: the host ends with it.

import fs from "node:fs";
import https from "node:https";
import { createRequire } from "node:module";
import { Socket } from "node:net";
import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import { inspect } from "node:util";

const require = createRequire(import.meta.url);
const here = require("../hooks/node.cjs");

const { readSync, writeSync } = fs;
const { getOwnPropertyDescriptor, getPrototypeOf, is, isExtensible } = Object;
const { ownKeys } = Reflect;
const { argv, env, stdout, stderr } = process;
const [modules, orders, answers] = argv.splice(2);
// The pool of connections that fetch uses.
const POOL = Symbol.for("undici.globalDispatcher.1");
// The exit status of a program that awaits what never comes.
const UNSETTLED = 13;
// What may be under way where a program has thrown its last error; the pipes are its outputs.
const PASSING = ["PipeWrap", "TCPSocketWrap", "Immediate"];

let pool;
let seen;
let settled;

const sockets = new Set();
const { connect } = Socket.prototype;
Socket.prototype.connect = function (...args) {
  sockets.add(this);
  return connect.apply(this, args);
};

// All that an object holds by itself. Of what a program may have changed, nothing is called here.
function look(object) {
  const found = [getPrototypeOf(object), isExtensible(object)];
  const keys = ownKeys(object);
  for (let at = 0; at < keys.length; at++) {
    const key = keys[at];
    if (object === globalThis && typeof key === "symbol") continue; // a library's own
    const { value, get, set } = getOwnPropertyDescriptor(object, key);
    found[found.length] = key;
    found[found.length] = value;
    found[found.length] = get;
    found[found.length] = set;
  }
  return found;
}

// What programs share, down to the methods of a module's classes, each with what it holds.
function lookAround() {
  const names = Object.getOwnPropertyNames(globalThis).filter((name) => !name.endsWith("Storage"));
  const values = names.map((name) => globalThis[name]);
  const exports = modules.split(",").map((name) => require(`node:${name}`));
  // These are made anew for each program, or are changed by Node.js itself.
  const passed = new Set([argv, env, process.moduleLoadList, https.globalAgent]);
  for (const output of [stdout, stderr]) passed.add(output._writableState);
  const found = [];
  let level = [globalThis, stdout, stderr, ...values, ...exports];
  for (let depth = 0; depth < 3; depth++) {
    const next = [];
    for (const object of level) {
      if (Object(object) !== object || passed.has(object)) continue;
      passed.add(object);
      const held = look(object);
      found.push([object, held]);
      next.push(...held);
    }
    level = next;
  }
  return found;
}

function holds(object, held) {
  const now = look(object);
  if (now.length !== held.length) return false;
  for (let at = 0; at < held.length; at++) if (!is(now[at], held[at])) return false;
  return true;
}

// Whether the next program finds everything as this one found it.
function unchanged() {
  if (globalThis[POOL] !== pool) return false;
  if (!stdout.writable || !stderr.writable) return false;
  if (stdout.writableCorked || stderr.writableCorked) return false;
  for (let at = 0; at < seen.length; at++) if (!holds(seen[at][0], seen[at][1])) return false;
  return true;
}

// Closes what a process closes when it ends.
function clear() {
  for (const socket of sockets) socket.destroy();
  sockets.clear();
  pool.destroy().catch(() => {});
  pool = globalThis[POOL] = new pool.constructor();
  process.exitCode = undefined;
}

// The next order; there is but one at a time.
function order() {
  const pieces = [];
  const piece = Buffer.alloc(1 << 16);
  while (pieces.at(-1)?.at(-1) !== 10) {
    const size = readSync(Number(orders), piece);
    if (!size) process.exit();
    pieces.push(Buffer.from(piece.subarray(0, size)));
  }
  return Buffer.concat(pieces).toString().trimEnd().split("\t");
}

// Gives what a process of its own would find.
function enter(folder, file, settings) {
  for (const name of Object.keys(env)) delete env[name];
  for (const setting of settings) {
    const [, name, value] = /^(\w+)=(.*)$/.exec(setting) ?? [];
    if (name) env[name] = value;
  }
  here.port = Number(env.CALLSHEET_PORT);
  process.chdir(folder);
  argv.splice(1, argv.length, join(folder, file));
}

function answer(status) {
  writeSync(Number(answers), `${status}\n`);
  const [, folder, file, ...settings] = order();
  enter(folder, file, settings);
  settled = false;
  import(pathToFileURL(argv[1])).then(() => {
    settled = true;
  }, fail);
}

// An error at the top level ends a process. It need not end this one where nothing is under way.
async function fail(error) {
  settled = true;
  const text = unchanged() && (await idle()) && complaint(error);
  if (!text) throw error;
  stderr.write(text);
  process.exitCode = 1;
}

// Whether nothing will come any more. A connection is let go a few turns after its answer's end.
async function idle() {
  for (const socket of sockets) if (socket.connecting) return false;
  for (let turn = 0; turn < 4; turn++) {
    const active = process.getActiveResourcesInfo();
    if (active.some((each) => !PASSING.includes(each))) return false;
    await nextTurn();
  }
  return !process.getActiveResourcesInfo().includes("TCPSocketWrap");
}

// What Node.js says of an Error, below the line that made it; "" where it cannot be said.
function complaint(error) {
  if (!(error instanceof Error) || !String(error.stack).startsWith(`${error}\n`)) return "";
  const [, frame] = error.stack.slice(`${error}`.length).split("\n");
  const [, name, line, column] = /((?:file:\/\/)?\/.*):(\d+):(\d+)\)?$/.exec(frame) ?? [];
  if (!name) return "";
  const file = name.startsWith("file:") ? fileURLToPath(name) : name;
  const source = fs.readFileSync(file, "utf8").split(/\r?\n/)[line - 1];
  const mark = `${source.slice(0, column - 1).replace(/[^\t]/g, " ")}^`;
  return `${name}:${line}\n${source}\n${mark}\n\n${inspect(error)}\n\nNode.js ${process.version}\n`;
}

process.on("beforeExit", function end() {
  if (!settled) process.exitCode ??= UNSETTLED;
  if (!settled || !unchanged()) {
    process.off("beforeExit", end);
    return;
  }
  const status = Number(process.exitCode ?? 0) & 0xff;
  clear();
  setImmediate(answer, status);
});

await fetch("data:,"); // what it makes at first is no program's
pool = globalThis[POOL];
setImmediate(() => {
  seen = lookAround();
  answer(0);
});
