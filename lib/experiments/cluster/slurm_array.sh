#!/usr/bin/env bash
# Runs experiments as a Slurm job array: each task trains its share of the cells.
#
#   sbatch --array=1-8 lib/experiments/cluster/slurm_array.sh --grid table-1 --seeds 3
#
# Takes the arguments of `deno task experiments run`. Submit it from the repository's folder, which
# all nodes must share. A task that is cancelled or reaches its time limit stops with a checkpoint.
# A task whose node fails is queued again and resumes from its last checkpoint. To finish missing
# cells, submit the same command again.

#SBATCH --job-name=sudogan
#SBATCH --cpus-per-task=2
#SBATCH --mem=4G
#SBATCH --requeue
# A minute to write the checkpoint before the time limit. Without "B:", the signal would go only to
# job steps, and this script starts none.
#SBATCH --signal=B:TERM@60

set -euo pipefail
cd "$SLURM_SUBMIT_DIR"
index=$((SLURM_ARRAY_TASK_ID - SLURM_ARRAY_TASK_MIN + 1))
exec deno task experiments run --shard "$index/$SLURM_ARRAY_TASK_COUNT" "$@"
