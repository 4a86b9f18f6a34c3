/// Work on several threads. Evaluation is recursive, so each gets a stack that lasts for the deepest expression there may be.

import Glibc
import Synchronization

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

  /// The processors of this machine.
  public static var processors: Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }

  private final class Work: Sendable {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }

  fileprivate static func start(_ body: @escaping @Sendable () -> Void) -> pthread_t? {
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

/// A second thread for pieces of work of some hundred microseconds, one after the other.
///
///     helper.start { … }   // there
///     …                    // here, meanwhile
///     let busy = helper.wait()
public final class Helper {
  private let handover = Handover()
  private let thread: pthread_t

  /// `nil` where no thread can be had.
  public init?() {
    guard let thread = Workers.start({ [handover] in handover.work() }) else { return nil }
    self.thread = thread
  }

  deinit {
    handover.hand(.end)
    pthread_join(thread, nil)
  }

  /// INVARIANT: the work given before is done.
  public func start(_ body: @escaping @Sendable () -> Void) {
    handover.body = body
    handover.hand(.work)
  }

  /// Waits for the end of the work; how long it was on a processor.
  public func wait() -> Duration {
    handover.wait()
    return handover.busy
  }
}

/// What passes between the two threads.
private final class Handover: @unchecked Sendable {
  enum State: UInt8, AtomicRepresentable {
    case idle, work, end
  }

  // INVARIANT for `Sendable`: `body` is written while the state is `idle` and read while it is `work`; `busy` the other way round.
  var body: @Sendable () -> Void = {}
  private(set) var busy = Duration.zero
  private let state = Atomic(State.idle)
  private let isAsleep = Atomic(false)
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let wake = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

  init() {
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(wake, nil)
  }

  deinit {
    pthread_cond_destroy(wake)
    pthread_mutex_destroy(mutex)
    wake.deallocate()
    mutex.deallocate()
  }

  func hand(_ next: State) {
    state.store(next, ordering: .sequentiallyConsistent)
    guard isAsleep.load(ordering: .sequentiallyConsistent) else { return }
    pthread_mutex_lock(mutex)
    pthread_cond_signal(wake)
    pthread_mutex_unlock(mutex)
  }

  /// Pieces are short, so that giving way to the other thread is cheaper than going to sleep.
  func wait() {
    while state.load(ordering: .acquiring) == .work { sched_yield() }
    // Lets go of what the work refers to.
    body = {}
  }

  func work() {
    while true {
      // The next piece mostly comes at once.
      var looks = 0
      while state.load(ordering: .acquiring) == .idle, looks < 4096 {
        sched_yield()
        looks += 1
      }
      if state.load(ordering: .acquiring) == .idle { sleep() }
      guard state.load(ordering: .acquiring) == .work else { return }
      let begin = Self.processorTime
      body()
      busy = Self.processorTime - begin
      state.store(.idle, ordering: .releasing)
    }
  }

  /// Of this thread.
  private static var processorTime: Duration {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
  }

  private func sleep() {
    pthread_mutex_lock(mutex)
    isAsleep.store(true, ordering: .sequentiallyConsistent)
    while state.load(ordering: .sequentiallyConsistent) == .idle { pthread_cond_wait(wake, mutex) }
    isAsleep.store(false, ordering: .sequentiallyConsistent)
    pthread_mutex_unlock(mutex)
  }
}
