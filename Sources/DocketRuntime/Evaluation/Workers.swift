/// Work on several threads. Evaluation is recursive, so each gets a stack that lasts for the deepest expression there may be.

import Glibc

public enum Workers {
  private static let stackBytes = 64 << 20

  /// Runs `body` once on each of `count` threads, with their numbers, and waits for all; one worker needs no thread.
  public static func run(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) {
    guard count > 1 else { return body(0) }
    var threads: [pthread_t] = []
    for number in 1..<count {
      if let thread = start({ body(number) }) { threads.append(thread) }
    }
    // Where no thread can be had, this one does all the work: workers take what is left.
    body(0)
    for thread in threads { pthread_join(thread, nil) }
  }

  /// The processors that this process may use.
  public static var processors: Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }

  private final class Work: Sendable {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }

  private static func start(_ body: @escaping @Sendable () -> Void) -> pthread_t? {
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    pthread_attr_setstacksize(&attributes, stackBytes)
    let work = Unmanaged.passRetained(Work(body))
    var thread = pthread_t()
    let code = pthread_create(
      &thread, &attributes,
      { raw in
        guard let raw else { return nil }
        Unmanaged<Work>.fromOpaque(raw).takeRetainedValue().body()
        return nil
      }, work.toOpaque())
    guard code == 0 else {
      work.release()
      return nil
    }
    return thread
  }
}
