#!/usr/bin/env bash
# The samples in the repository are what their generator makes: every file of theirs, and no other.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
for sample in incidents support; do
  .build/debug/DocketSamples "$sample" "$folder/$sample" >/dev/null
  diff --recursive --brief "$folder/$sample" "scripts/$sample/data"
done
echo "the samples are what their generator makes"
