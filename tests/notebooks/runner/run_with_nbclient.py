"""Runs the notebooks of this folder in a Deno kernel with nbclient. Prints a JSON with the outputs or failure of each."""

import json
import sys

import nbformat
from nbclient import NotebookClient

results = {}
for path in sys.argv[1:]:
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    try:
        NotebookClient(notebook, timeout=600, kernel_name="deno").execute()
        outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
        errors = [output["evalue"] for output in outputs if output["output_type"] == "error"]
        results[path] = {"outputs": len(outputs), "problem": "; ".join(errors)}
    except Exception as error:
        results[path] = {"outputs": 0, "problem": str(error)}
print(json.dumps(results))
