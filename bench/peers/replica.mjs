// One peer doing one half of the work, in a process of its own so that its memory is its own:
//   replica.mjs automerge|yjs make RECORDS CHANGES   ten replicas write the records of a file of JSON lines
//   replica.mjs automerge|yjs join CHANGES           a new replica takes in all of it, and prints {records, ms, megabytes}
import * as Automerge from '@automerge/automerge';
import { readFileSync, writeFileSync } from 'node:fs';
import * as Y from 'yjs';

const writers = 10;

/** How each of them lets several replicas write records into one list, and one take in what they wrote. */
const peers = {
  automerge: {
    make(records) {
      const empty = Automerge.from({ records: [] });
      const first = Automerge.getAllChanges(empty);
      const written = [];
      for (let writer = 0; writer < writers; writer += 1) {
        let doc = Automerge.clone(empty);
        for (let i = writer; i < records.length; i += writers) {
          doc = Automerge.change(doc, (d) => void d.records.push(records[i]));
          written.push(Automerge.getLastLocalChange(doc));
        }
      }
      return [...first, ...written];
    },
    join(changes) {
      const [doc] = Automerge.applyChanges(Automerge.init(), changes);
      return doc.records.length;
    },
  },
  yjs: {
    make(records) {
      const written = [];
      for (let writer = 0; writer < writers; writer += 1) {
        const doc = new Y.Doc();
        doc.on('update', (update) => written.push(update));
        const list = doc.getArray('records');
        for (let i = writer; i < records.length; i += writers) list.push([records[i]]);
      }
      return written;
    },
    join(changes) {
      const doc = new Y.Doc();
      doc.transact(() => changes.forEach((change) => Y.applyUpdate(doc, change)));
      return doc.getArray('records').length;
    },
  },
};

const [name, half, from, to] = process.argv.slice(2);
const peer = peers[name];

if (half === 'make') {
  const records = readFileSync(from, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  const parts = peer.make(records).flatMap((change) => {
    const length = Buffer.alloc(4);
    length.writeUInt32LE(change.length);
    return [length, change];
  });
  writeFileSync(to, Buffer.concat(parts));
} else {
  const all = readFileSync(from);
  const changes = [];
  for (let at = 0; at < all.length; at += 4 + all.readUInt32LE(at)) {
    changes.push(new Uint8Array(all.subarray(at + 4, at + 4 + all.readUInt32LE(at))));
  }
  const began = performance.now();
  const records = peer.join(changes);
  const ms = performance.now() - began;
  console.log(JSON.stringify({ records, ms, megabytes: process.resourceUsage().maxRSS / 1024 }));
}
