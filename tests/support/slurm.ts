/**
 * Starts a real Slurm cluster with one node, from Debian's packages slurm-wlm and munge. The
 * daemons run in a separate folder, so they do not affect any Slurm installation already on the
 * machine. They need root.
 */
import { hostname } from "node:os";

/** Returns the reason why Slurm cannot be started, or undefined if it can be started. */
export async function whyNoSlurm(): Promise<string | undefined> {
  if (Deno.uid() !== 0) return "Slurm's daemons need root";
  for (const program of ["munged", "slurmctld", "slurmd", "sbatch"]) {
    const { success } = await new Deno.Command("which", { args: [program] })
      .output().catch(() => ({ success: false }));
    if (!success) {
      return `${program} is not installed (Debian: slurm-wlm, munge)`;
    }
  }
  return undefined;
}

export interface Slurm {
  /** Submits a script to Slurm, and returns the number of the job. */
  submit(folder: string, args: readonly string[]): Promise<string>;
  /** Sends a signal to the script of a task, as Slurm does before the time limit. */
  signal(task: string, name: string): Promise<void>;
  /** Returns the id and the state of each unfinished task, as squeue prints them. */
  queue(): Promise<string[]>;
  /**
   * Kills the node and everything that runs on it. Waits for Slurm to notice, then restarts the
   * node.
   */
  failNode(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts munge, Slurm's controller and one node. */
export async function startSlurm(cpus: number): Promise<Slurm> {
  const folder = await Deno.makeTempDir({ prefix: "slurm_" });
  const environment = { SLURM_CONF: `${folder}/slurm.conf` };
  await Deno.writeTextFile(environment.SLURM_CONF, configOf(folder, cpus));
  await Deno.mkdir(`${folder}/state`);
  await Deno.writeFile(
    `${folder}/munge.key`,
    crypto.getRandomValues(new Uint8Array(128)),
    { mode: 0o400 },
  );
  const start = (program: string, ...args: string[]) =>
    new Deno.Command(program, {
      args,
      env: environment,
      stdin: "null",
      stdout: "null",
      stderr: "null",
    }).spawn();
  const munge = start(
    "munged",
    "--foreground",
    "--force",
    ...[
      "socket=munge.socket",
      "key-file=munge.key",
      "log-file=munge.log",
      "pid-file=munge.pid",
      "seed-file=munge.seed",
    ].map((option) => `--${option.replace("=", `=${folder}/`)}`),
  );
  await until(() => exists(`${folder}/munge.socket`), "munge's socket");
  const controller = start("slurmctld", "-D");
  let node = start("slurmd", "-D", "-N", hostname());
  const ask = async (program: string, ...args: string[]) => {
    const { success, stdout, stderr } = await new Deno.Command(program, {
      args,
      env: environment,
    }).output();
    const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
    if (!success) throw new Error(`${program}: ${decode(stderr)}`);
    return decode(stdout).trim();
  };
  const isUp = () =>
    ask("sinfo", "--noheader", "--format=%T").then(
      (state) => /idle|mixed|allocated/.test(state),
      () => false,
    );
  await until(isUp, "a node that is up");
  return {
    submit: (folder, args) => ask("sbatch", "--parsable", `--chdir=${folder}`, ...args),
    async signal(task, name) {
      await ask("scancel", "--batch", `--signal=${name}`, task);
    },
    async queue() {
      const text = await ask(
        "squeue",
        "--noheader",
        "--array",
        "--format=%i %T",
      );
      return text === "" ? [] : text.split("\n");
    },
    async failNode() {
      await killNode(environment.SLURM_CONF);
      await node.status;
      // The controller notices the failure only after the time SlurmdTimeout.
      await until(
        () => ask("sinfo", "--noheader", "--format=%T").then((state) => /down/.test(state)),
        "a node that is down",
      );
      node = start("slurmd", "-D", "-N", hostname());
      await until(isUp, "a node that is up again");
    },
    async stop() {
      await killNode(environment.SLURM_CONF);
      for (const each of [controller, munge]) {
        try {
          each.kill("SIGKILL");
        } catch {
          // The process has already ended.
        }
      }
      await Promise.all([node, controller, munge].map(({ status }) => status));
      await Deno.remove(folder, { recursive: true });
    },
  };
}

function configOf(folder: string, cpus: number): string {
  const host = hostname();
  // The ports differ from those of any other Slurm on this machine.
  const port = 20_000 + Deno.pid % 20_000;
  return `
ClusterName=test
SlurmctldHost=${host}(127.0.0.1)
SlurmctldPort=${port}
SlurmdPort=${port + 1}
AuthType=auth/munge
CredType=cred/munge
AuthInfo=socket=${folder}/munge.socket
SlurmUser=root
SlurmdUser=root
StateSaveLocation=${folder}/state
SlurmdSpoolDir=${folder}/spool
SlurmctldPidFile=${folder}/slurmctld.pid
SlurmdPidFile=${folder}/slurmd.pid
SlurmctldLogFile=${folder}/slurmctld.log
SlurmdLogFile=${folder}/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
JobAcctGatherType=jobacct_gather/none
MpiDefault=none
SwitchType=switch/none
ReturnToService=2
SlurmdParameters=config_overrides
SlurmdTimeout=5
MinJobAge=300
SchedulerParameters=sched_interval=1
NodeName=${host} NodeAddr=127.0.0.1 CPUs=${cpus} RealMemory=2000 State=UNKNOWN
PartitionName=main Nodes=${host} Default=YES MaxTime=INFINITE State=UP
`;
}

/**
 * Kills the node's daemon, the job steps, and all of their processes, as a power cut would. The
 * steps leave the daemon's process tree, so they are found by their environment variables.
 */
async function killNode(configuration: string): Promise<void> {
  for await (const { name } of Deno.readDir("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const environment = await Deno.readTextFile(`/proc/${name}/environ`);
      const program = await Deno.readTextFile(`/proc/${name}/comm`);
      const isOfNode = /^slurm(d|stepd)/.test(program) ||
        environment.includes("SLURM_JOB_ID=");
      if (isOfNode && environment.includes(`SLURM_CONF=${configuration}`)) {
        Deno.kill(Number(name), "SIGKILL");
      }
    } catch {
      // The process has already ended.
    }
  }
}

/** Waits until a condition holds, by default for at most two minutes. */
export async function until(
  holds: () => Promise<boolean>,
  what: string,
  seconds = 120,
): Promise<void> {
  for (let i = 0; i < seconds * 4; i++) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error(`Waited ${seconds} s in vain for ${what}.`);
}

function exists(path: string): Promise<boolean> {
  return Deno.stat(path).then(() => true, () => false);
}
