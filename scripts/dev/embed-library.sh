#!/bin/bash
# Writes the libraries that ship inside the program: Sources/Docket/Library/NAME/*.docket as Swift strings.
set -euo pipefail
cd "$(dirname "$0")/../../Sources/Docket/Library"
{
  echo '// Made by `make library` from support/*.docket; a test says when it is out of date.'
  echo
  echo 'enum SupportLibrary {'
  echo '  static let files: [(path: String, text: String)] = ['
  for file in support/*.docket; do
    printf '    (\n      "%s",\n      ##"""\n' "$file"
    sed 's/^\(.\)/      \1/' "$file"
    printf '\n      """##\n    ),\n'
  done
  echo '  ]'
  echo '}'
} > SupportLibrary.swift
