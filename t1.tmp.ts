import { startEngine } from "./lib/engine/backend.ts";
import { layersCosts, layersPeers } from "./lib/bench/layers_contenders.ts";
import { startPeer, requirements } from "./lib/bench/peers.ts";
import { loadMnist } from "./lib/dataset/mnist.ts";
import { pythonEnvironment } from "./lib/system/python.ts";
await startEngine({engine:"native"});
console.log(layersCosts());
const python = await pythonEnvironment(requirements, {onReport: (m)=>console.error(m)});
const { source } = await loadMnist();
for (const peer of layersPeers) { if (peer.mode==='jit' && peer.task!=='dense') continue; const p = await startPeer({...peer, python, data: source, threads: 2}); console.log(peer.name, (await p.time(4)).map(v=>v.toFixed(1)).join(' ')); await p.dispose(); }
