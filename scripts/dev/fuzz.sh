#!/usr/bin/env bash
# fuzz.sh SECONDS [TARGET …]: feeds each target with made-up inputs, from Tests/Corpus on, and stops at the first find.
set -eu
cd "$(dirname "$0")/../.."

seconds=$1
shift
targets=("$@")
[ ${#targets[@]} -gt 0 ] || targets=(lexer parser formatter checker evaluator rules csv json gzip)

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
fuzzer=.build-fuzz/release/DocketFuzz
mkdir -p .build-fuzz/finds

run() {
  local log=$1
  shift
  if ! DOCKET_FUZZ_TARGET=$target "$fuzzer" -timeout=5 -rss_limit_mb=2048 -print_funcs=0 -print_final_stats=1 \
    -artifact_prefix=".build-fuzz/finds/$target-" "$@" >"$log" 2>&1; then
    tail -60 "$log"
    echo "$target: a find, see $log"
    exit 1
  fi
}

for target in "${targets[@]}"; do
  # What is new and covers more is kept between runs, beside the corpus of the repository.
  found=.build-fuzz/corpus/$target
  mkdir -p "$found"
  corpus=("$found")
  case $target in
    csv | json) corpus+=("Tests/Corpus/$target") ;;
    gzip) corpus+=(Tests/Corpus/{csv,json,gzip}) ;;
    evaluator) corpus+=(Tests/Corpus/{lexer,evaluator}) ;;
    *) corpus+=(Tests/Corpus/{lexer,parser,formatter,checker,rules,evaluator} Tests/Cases) ;;
  esac
  # Remembering where memory came from takes most of the time, so leaks are looked for afterwards, in what was found.
  ASAN_OPTIONS=malloc_context_size=0:quarantine_size_mb=32 run ".build-fuzz/$target.log" -detect_leaks=0 \
    -max_total_time="$seconds" -max_len=4096 -dict=Tests/Corpus/docket.dict "${corpus[@]}"
  # Constants of Swift are made once and kept for ever; the sanitizer does not find those that an enum's payload refers to.
  LSAN_OPTIONS=suppressions=scripts/dev/lasting.supp:print_suppressions=0 run ".build-fuzz/$target-leaks.log" -runs=0 "${corpus[@]}"
  echo "$target: $(sed -n 's/^stat::number_of_executed_units: *//p' ".build-fuzz/$target.log") inputs, no find"
done
