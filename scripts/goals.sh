#!/usr/bin/env bash
# Prints the goals of docs/GOALS.md beside the figures that docs/figures has of them, and writes the tables there anew. Ends with 1
# where a goal is missed; what was not run, or ran on older code, is neither met nor missed.
. "$(dirname "$0")/lib.sh"

status=0
for chapter in bench torture; do PART='' scripts/$chapter.sh || status=1; done
exit "$status"
