#!/usr/bin/env bash
# fuzz.sh SECONDS [TARGET …]: feeds each target with made-up inputs, from Tests/Corpus on, and stops at the first find.
set -eu
cd "$(dirname "$0")/../.."

seconds=$1
shift
targets=("$@")
[ ${#targets[@]} -gt 0 ] || targets=(lexer parser formatter checker evaluator rules csv)

# The fuzzer is a library of the toolchain.
resources=$(swiftc -print-target-info | sed -n 's/.*"runtimeResourcePath": "\(.*\)".*/\1/p')
runtime=$resources/clang/lib/linux/libclang_rt.fuzzer_no_main-$(uname -m).a
if [ ! -f "$runtime" ]; then
  echo "This Swift toolchain has no fuzzer: nothing is fuzzed."
  exit 0
fi

export DOCKET_FUZZ=1
${SWIFT:-swift} build -c release --scratch-path .build-fuzz --product DocketFuzz \
  -Xlinker --whole-archive -Xlinker "$runtime" -Xlinker --no-whole-archive 2>&1 | scripts/dev/quiet-link.sh

# With the backtracer on, the sanitizer reports the backtracer.
export SWIFT_BACKTRACE=enable=no
mkdir -p .build-fuzz/finds
for target in "${targets[@]}"; do
  # What is new and covers more is kept between runs, beside the corpus of the repository.
  found=.build-fuzz/corpus/$target
  log=.build-fuzz/$target.log
  mkdir -p "$found"
  corpus=("$found")
  case $target in
    csv) corpus+=(Tests/Corpus/csv) ;;
    evaluator) corpus+=(Tests/Corpus/{lexer,evaluator}) ;;
    *) corpus+=(Tests/Corpus/{lexer,parser,formatter,checker,rules,evaluator} Tests/Cases) ;;
  esac
  if ! DOCKET_FUZZ_TARGET=$target .build-fuzz/release/DocketFuzz \
    -max_total_time="$seconds" -max_len=4096 -timeout=5 -rss_limit_mb=2048 -print_final_stats=1 \
    -dict=Tests/Corpus/docket.dict -artifact_prefix=".build-fuzz/finds/$target-" "${corpus[@]}" >"$log" 2>&1; then
    tail -40 "$log"
    echo "$target: a find, see $log"
    exit 1
  fi
  echo "$target: $(sed -n 's/^stat::number_of_executed_units: *//p' "$log") inputs, no find"
done
