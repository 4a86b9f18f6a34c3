#!/usr/bin/env bash
# The sample log in the repository is what its generator makes.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
.build/debug/DocketSamples incidents "$folder" >/dev/null
cmp "$folder/incident_event_log.csv" scripts/incidents/data/incident_event_log.csv
echo "the sample log is what its generator makes"
