/// `DOCKET_FUZZ_TARGET=parser docket-fuzz [libFuzzer's options] [corpus]`: feeds one target with made-up inputs until one
/// shows something wrong. The name is no argument, because libFuzzer starts itself again with its own arguments.

import CFuzzer
import DocketFuzzTargets
import Glibc

let targetName = getenv("DOCKET_FUZZ_TARGET").map { String(cString: $0) } ?? ""

guard let target = FuzzTarget(rawValue: targetName) else {
  print("set DOCKET_FUZZ_TARGET to one of \(FuzzTarget.allCases.map(\.rawValue).joined(separator: ", "))")
  exit(2)
}

// The function that libFuzzer calls is C's and captures nothing, not even an unwrapped variable.
let fuzzed = target

var argumentCount = CommandLine.argc
var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv
exit(
  LLVMFuzzerRunDriver(&argumentCount, &arguments) { bytes, count in
    if let finding = fuzzed.finding(in: Array(UnsafeBufferPointer(start: bytes, count: count))) { fatalError(finding) }
    return 0
  })
