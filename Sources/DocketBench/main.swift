/// `docket-bench`: what an evaluation costs.

ExpressionBench().run()
if checksum == .min { print(checksum) }
