/// Lets someone outside, such as a person at a keyboard, stop what is being evaluated.
///
/// Evaluations in its scope end with the error `limit` soon after a request, and go on ending so until it is cleared. A request is one
/// store, so that a signal handler can make it.

import Synchronization

public final class Cancellation: Sendable {
  private let flag = Atomic<Bool>(false)

  public init() {}

  public func request() { flag.store(true, ordering: .relaxed) }

  public func clear() { flag.store(false, ordering: .relaxed) }

  public var isRequested: Bool { flag.load(ordering: .relaxed) }
}
