// node --require node.cjs: every TCP connection of the process goes to CALLSHEET_PORT on loopback.
// fetch, http and https, and the SDKs all end in Socket.connect. TLS is set up above it, so SNI, the
// Host line and the check of the certificate stay those of the host that the program named.
"use strict";

const { Socket } = require("node:net");

const { connect } = Socket.prototype;
const here = {
  host: "127.0.0.1",
  port: Number(process.env.CALLSHEET_PORT),
  lookup: undefined,
  family: 4,
  autoSelectFamily: false,
};
// A process that runs several programs sets the port anew for each.
module.exports = here;

// connect(options[, done]), connect(path[, done]), connect(port[, host][, done]), or what
// net.connect has made of them: one array, [options, done].
function read(args) {
  const [first, ...rest] = Array.isArray(args[0]) ? args[0] : args;
  const done = rest.find((argument) => typeof argument === "function");
  if (typeof first === "object" && first !== null) return [first, done];
  const local = typeof first === "string" && Number.isNaN(Number(first));
  return [local ? { path: first } : { port: first }, done];
}

Socket.prototype.connect = function (...args) {
  const [options, done] = read(args);
  // A path is a socket of this machine's file system.
  if (options.path) return connect.apply(this, args);
  return connect.call(this, { ...options, ...here }, ...(done ? [done] : []));
};
